import type { FileSystem } from './fileSystem.ts';

/** What is at a place where a file is to be written. */
export type TargetState =
  | { readonly status: 'free' }
  | { readonly status: 'file'; readonly bytes: Uint8Array }
  /** A link, a folder, a name that differs only in case …: nothing may be written there. The reason is for people. */
  | { readonly status: 'blocked'; readonly reason: string };

export interface FileToWrite {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** What is there now; null: nothing. When that is no longer so, nothing is written. */
  readonly replaces: Uint8Array | null;
}

/** Files as they are shared: bytes, looked at before anything is written. Absolute paths unless said otherwise. */
export interface SharingDisk extends FileSystem {
  /** Throws `FileError`; anything but a regular file is `other`. */
  readBytes(path: string, maxBytes: number): Promise<Uint8Array>;
  /** Milliseconds since 1970. Throws `FileError`. */
  modifiedMs(path: string): Promise<number>;
  kindOf(path: string): Promise<'file' | 'folder' | 'other' | 'missing'>;
  /** Regular files below a folder, relative with `/`, sorted. `links`: what was passed over, not being followed. */
  listFiles(
    folder: string,
    most: number,
  ): Promise<{
    readonly files: readonly string[];
    readonly links: readonly string[];
    readonly more: boolean;
  }>;
  /** A path inside `folder` as it is written in packages: relative, with `/`. */
  relative(folder: string, path: string): string;
  /** The path of a file below `folder`. */
  below(folder: string, relative: string): string;
  inspect(folder: string, relative: string): Promise<TargetState>;
  /** All or none: written aside first, then moved to their places; what fails on the way is undone. Throws `FileError`. */
  writeAll(folder: string, files: readonly FileToWrite[]): Promise<void>;
  /** Lower-case hexadecimal. */
  sha256(bytes: Uint8Array): string;
}
