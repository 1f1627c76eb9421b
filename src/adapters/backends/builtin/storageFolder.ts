import os from 'node:os';
import path from 'node:path';

/** Where the runtime and the models go when the host names no folder: the user's data folder of this system. */
export function defaultStorageFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const home = os.homedir();
  if (process.platform === 'win32') {
    return path.join(environment['LOCALAPPDATA'] ?? path.join(home, 'AppData', 'Local'), 'promptly');
  }
  if (process.platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'promptly');
  return path.join(environment['XDG_DATA_HOME'] ?? path.join(home, '.local', 'share'), 'promptly');
}

export const modelsFolderOf = (storageFolder: string) => path.join(storageFolder, 'models');
