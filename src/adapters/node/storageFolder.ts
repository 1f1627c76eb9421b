import os from 'node:os';
import path from 'node:path';

/** Where downloads go that outlive a workspace: the user's data folder of this system, or `PROMPTLY_STORAGE`. */
export function storageFolderOf(environment: Readonly<Record<string, string | undefined>>): string {
  const own = environment['PROMPTLY_STORAGE'];
  if (own !== undefined && own !== '') return path.resolve(own);
  const home = os.homedir();
  if (process.platform === 'win32') {
    return path.join(environment['LOCALAPPDATA'] ?? path.join(home, 'AppData', 'Local'), 'promptly');
  }
  if (process.platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'promptly');
  return path.join(environment['XDG_DATA_HOME'] ?? path.join(home, '.local', 'share'), 'promptly');
}
