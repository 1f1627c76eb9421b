import path from 'node:path';
import type { FileErrorReason } from '../../core/ports/fileSystem.ts';
import { FileError } from '../../core/ports/fileSystem.ts';

const reasons: Readonly<Record<string, FileErrorReason>> = {
  ENOENT: 'not-found',
  ENOTDIR: 'not-found',
  EACCES: 'no-permission',
  EPERM: 'no-permission',
};

/** An error of `node:fs` in the words of the port. */
export function asFileError(error: unknown, file: string): FileError {
  if (FileError.is(error)) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return new FileError(reasons[code] ?? 'other', `${path.basename(file)} cannot be read (${code}).`, {
    cause: error,
  });
}
