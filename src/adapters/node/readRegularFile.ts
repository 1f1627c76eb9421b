import { open } from 'node:fs/promises';
import path from 'node:path';
import { FileError } from '../../core/ports/fileSystem.ts';
import { asFileError } from './asFileError.ts';

/** The bytes of a file of at most `maxBytes`. Throws `FileError`. */
export async function readRegularFile(file: string, maxBytes: number): Promise<Buffer> {
  try {
    const handle = await open(file, 'r');
    try {
      const stats = await handle.stat();
      // A pipe or a device may never end.
      if (!stats.isFile()) throw new FileError('other', `${path.basename(file)} is no regular file.`);
      if (stats.size > maxBytes) throw new FileError('too-large', `${path.basename(file)} is too large.`);
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw asFileError(error, file);
  }
}
