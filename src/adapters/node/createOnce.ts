import { writeFile } from 'node:fs/promises';
import { hasCode } from './hasCode.ts';

/** Writes a file unless there is one. False: there is, or one is just being deleted. Of several at once one alone gets true. */
export async function createOnce(file: string, text: string): Promise<boolean> {
  try {
    await writeFile(file, text, { flag: 'wx' });
    return true;
  } catch (error) {
    // Windows says EPERM of a file that is just being deleted.
    if (hasCode(error, 'EEXIST') || (process.platform === 'win32' && hasCode(error, 'EPERM'))) return false;
    throw error;
  }
}
