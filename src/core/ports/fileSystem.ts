/** Reading the workspace. Paths are absolute, in the host's own notation; nothing outside the workspace is ever asked for. */
export interface FileSystem {
  /** UTF-8 text. Throws `FileError`. `maxBytes` guards against reading what will be refused anyway. */
  readText(path: string, options?: { readonly maxBytes?: number }): Promise<string>;
  /** The same in pieces cut anywhere, without a limit: data files may be longer than memory. */
  streamText?(path: string): AsyncIterable<string>;
  /** The real path, symbolic links resolved. Throws `FileError` when it does not exist. */
  realPath(path: string): Promise<string>;
  /** `relative` against the folder that holds `file`. */
  resolve(file: string, relative: string): string;
  /** True when `path` is `folder` or lies below it, both already real paths. */
  contains(folder: string, path: string): boolean;
}

export type FileErrorReason = 'not-found' | 'too-large' | 'not-text' | 'no-permission' | 'other';

/** By `name`, not `instanceof`: it crosses bundles. */
export class FileError extends Error {
  override readonly name = 'FileError';
  readonly reason: FileErrorReason;

  constructor(reason: FileErrorReason, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.reason = reason;
  }

  static is(error: unknown): error is FileError {
    return error instanceof Error && error.name === 'FileError' && 'reason' in error;
  }
}
