import { createReadStream } from 'node:fs';
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { FileSystem } from '../../core/ports/fileSystem.ts';
import { FileError } from '../../core/ports/fileSystem.ts';
import { asFileError } from './asFileError.ts';
import { readRegularFile } from './readRegularFile.ts';

/** The local disk. */
export const nodeFileSystem: FileSystem = {
  async readText(file, options = {}) {
    const maxBytes = options.maxBytes ?? Number.MAX_SAFE_INTEGER;
    return decode(await readRegularFile(file, maxBytes), file);
  },
  async *streamText(file) {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    try {
      for await (const chunk of createReadStream(file)) {
        yield decodePart(decoder, chunk as Uint8Array, file);
      }
      yield decodePart(decoder, undefined, file);
    } catch (error) {
      throw asFileError(error, file);
    }
  },
  async realPath(file) {
    try {
      return await realpath(file);
    } catch (error) {
      throw asFileError(error, file);
    }
  },
  resolve: (file, relative) => path.resolve(path.dirname(file), relative),
  contains(folder, file) {
    const relative = path.relative(folder, file);
    return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
  },
};

function decode(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new FileError('not-text', `${path.basename(file)} is not UTF-8 text.`, { cause });
  }
}

function decodePart(decoder: TextDecoder, bytes: Uint8Array | undefined, file: string): string {
  try {
    return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
  } catch (cause) {
    throw new FileError('not-text', `${path.basename(file)} is not UTF-8 text.`, { cause });
  }
}
