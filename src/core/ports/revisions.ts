/** The history of a workspace folder. Nothing is ever checked out. */
export interface Revisions {
  /**
   * `ref` is any name of a commit: a branch, a tag, `HEAD~3`, a hash. `near`: a file that is wanted, absolute; where it lies
   * in a repository of its own inside the folder (a submodule), that one's commits are meant. Throws `RevisionError`.
   */
  open(folder: string, ref: string, near?: string): Promise<Revision>;
  /**
   * The commits that changed a file, newest first, followed through renames; at most `limit`. None for a file that was
   * never committed. `path` is absolute. Throws `RevisionError`.
   */
  history(folder: string, path: string, limit: number): Promise<readonly FileVersion[]>;
}

/** A file as one commit left it. */
export interface FileVersion {
  /** Full hash. */
  readonly commit: string;
  /** Where the file was then, absolute. */
  readonly path: string;
  /** The first line of the commit's message. */
  readonly subject: string;
  readonly author: string;
  /** ISO 8601, when the author wrote it. */
  readonly date: string;
}

/** The files of a folder as one commit has them. Paths are absolute, as if the commit were checked out. */
export interface Revision {
  /** Full hash. */
  readonly commit: string;
  /** UTF-8 text. Throws `FileError`: `not-found` when the commit has no such file. */
  readText(path: string, options?: { readonly maxBytes?: number }): Promise<string>;
  /** All prompt files, in no particular order. */
  listPromptFiles(): Promise<readonly string[]>;
}

export type RevisionErrorReason = 'no-git' | 'not-a-repository' | 'unknown-ref' | 'other';

/** By `name`, not `instanceof`: it crosses bundles. The message is a sentence for people. */
export class RevisionError extends Error {
  override readonly name = 'RevisionError';
  readonly reason: RevisionErrorReason;

  constructor(reason: RevisionErrorReason, message: string, options: { cause?: unknown } = {}) {
    super(message, options);
    this.reason = reason;
  }

  static is(error: unknown): error is RevisionError {
    return error instanceof Error && error.name === 'RevisionError' && 'reason' in error;
  }
}
