import { BackendError } from '../../../core/domain/backendError.ts';

/** A failure of network or disk in words. */
export function toDownloadError(error: unknown, url: string, target: string): BackendError {
  if (BackendError.is(error)) return error;
  const code = codeOf(error);
  const disk = diskReasons[code];
  if (disk !== undefined) {
    return new BackendError('rejected', `${target} cannot be written: ${disk}.`, {
      cause: error,
      hint: 'Mend that and start the download again: what has arrived is kept.',
    });
  }
  return new BackendError(
    'unreachable',
    `The download from ${new URL(url).host} failed${code ? ` (${code})` : ''}.`,
    {
      cause: error,
      hint: 'Check the network and proxy and start it again: it continues where it stopped. Or download the file yourself and set its path as promptly.builtin.model.',
    },
  );
}

const diskReasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'your quota on this disk is used up',
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'the disk is read-only',
  ENOTDIR: 'a part of its path is a file',
  EEXIST: 'a part of its path is a file',
  EISDIR: 'there is a folder of that name',
};

function codeOf(error: unknown): string {
  for (let next = error; next instanceof Error; next = next.cause) {
    if ('code' in next && typeof next.code === 'string') return next.code;
  }
  return '';
}
