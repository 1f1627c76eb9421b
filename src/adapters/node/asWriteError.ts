import { FileError } from '../../core/ports/fileSystem.ts';

const words: Readonly<Record<string, string>> = {
  EACCES: 'there is no permission to write there',
  EPERM: 'there is no permission to write there',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk has no room left for you',
  ENAMETOOLONG: 'its name is too long for this disk',
  ENOTDIR: 'a file is where its folder would be',
  EEXIST: 'a file is where its folder would be',
  EISDIR: 'a folder is in its place',
  EBUSY: 'another program holds it',
};

/** An error of `node:fs` while something was written, in words. `what` begins the sentence, `left` ends it. */
export function asWriteError(error: unknown, what: string, left: string): FileError {
  if (FileError.is(error)) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  const reason = code === 'EACCES' || code === 'EPERM' || code === 'EROFS' ? 'no-permission' : 'other';
  const why = words[code] === undefined ? code : `${words[code]}, ${code}`;
  return new FileError(reason, `${what} cannot be written (${why}); ${left}.`, { cause: error });
}
