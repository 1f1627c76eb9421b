import { access, constants } from 'node:fs/promises';
import path from 'node:path';

/** Where a command would be found, as the system would look for it; null when nowhere. Starts nothing. */
export async function findProgram(
  command: string,
  environment: NodeJS.ProcessEnv,
  cwd: string | undefined,
): Promise<string | null> {
  const windows = process.platform === 'win32';
  const endings = windows && path.extname(command) === '' ? ['', '.exe', '.com'] : [''];
  const hasFolder = command.includes('/') || (windows && command.includes('\\'));
  const searchPath = environment['PATH'] ?? environment['Path'] ?? '';
  const folders = hasFolder
    ? [cwd ?? process.cwd()]
    : searchPath.split(path.delimiter).filter((folder) => folder !== '');
  for (const folder of folders) {
    for (const ending of endings) {
      const candidate = path.resolve(folder, `${command}${ending}`);
      try {
        await access(candidate, windows ? constants.F_OK : constants.X_OK);
        return candidate;
      } catch {
        // Not here: the next one.
      }
    }
  }
  return null;
}
