import { createReadStream } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import path from 'node:path';
import type { FileErrorReason, FileSystem } from '../../core/ports/fileSystem.ts';
import { FileError } from '../../core/ports/fileSystem.ts';

const reasons: Readonly<Record<string, FileErrorReason>> = {
  ENOENT: 'not-found',
  ENOTDIR: 'not-found',
  EACCES: 'no-permission',
  EPERM: 'no-permission',
};

/** The local disk. */
export const nodeFileSystem: FileSystem = {
  async readText(file, options = {}) {
    const maxBytes = options.maxBytes ?? Number.MAX_SAFE_INTEGER;
    try {
      const handle = await open(file, 'r');
      try {
        const stats = await handle.stat();
        // A pipe or a device may never end.
        if (!stats.isFile()) throw new FileError('other', `${path.basename(file)} is no regular file.`);
        if (stats.size > maxBytes) throw new FileError('too-large', `${path.basename(file)} is too large.`);
        return decode(await handle.readFile(), file);
      } finally {
        await handle.close();
      }
    } catch (error) {
      throw asFileError(error, file);
    }
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

function asFileError(error: unknown, file: string): FileError {
  if (FileError.is(error)) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return new FileError(reasons[code] ?? 'other', `${path.basename(file)} cannot be read (${code}).`, {
    cause: error,
  });
}
