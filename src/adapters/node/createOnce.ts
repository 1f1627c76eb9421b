import { open, rm } from 'node:fs/promises';
import { hasCode } from './hasCode.ts';

/**
 * Writes a file unless there is one. False: there is, or one is just being deleted. Of several at once one alone gets
 * true. What the disk has no room for is not left behind half written.
 */
export async function createOnce(file: string, text: string): Promise<boolean> {
  const handle = await open(file, 'wx').catch((error: unknown) => {
    // Windows says EPERM of a file that is just being deleted.
    if (hasCode(error, 'EEXIST') || (process.platform === 'win32' && hasCode(error, 'EPERM'))) return null;
    throw error;
  });
  if (handle === null) return false;
  try {
    await handle.writeFile(text);
  } catch (error) {
    await handle.close();
    await rm(file, { force: true });
    throw error;
  }
  await handle.close();
  return true;
}
