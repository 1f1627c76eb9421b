import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';

/**
 * The file is there whole or not at all, for every process that looks. Its folder must exist.
 *
 * @param content may come in pieces, which are made as they are written
 */
export async function writeAtomically(
  file: string,
  content: string | Uint8Array | Iterable<string>,
): Promise<void> {
  const temporary = `${file}.${process.pid}-${randomUUID()}.tmp`;
  try {
    await writeFile(temporary, content, { flag: 'wx' });
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
