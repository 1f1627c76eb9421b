import { access } from 'node:fs/promises';
import path from 'node:path';

/** Whether a program can be started by its bare name. */
export async function isOnSearchPath(
  program: string,
  environment: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): Promise<boolean> {
  const isWindows = platform === 'win32';
  const searched = environment['PATH'] ?? environment['Path'] ?? '';
  const names = isWindows ? [`${program}.exe`, `${program}.cmd`] : [program];
  for (const folder of searched.split(isWindows ? ';' : ':')) {
    for (const name of names) {
      const found = await access(path.join(folder, name)).then(
        () => true,
        () => false,
      );
      if (folder !== '' && found) return true;
    }
  }
  return false;
}
