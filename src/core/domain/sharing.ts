import { promptKinds } from './promptFile.ts';

/** What a shared file is for: a prompt file of one of its kinds, or one that a prompt file names. */
export const sharedKinds = [...promptKinds, 'attachment', 'data', 'script'] as const;
export type SharedKind = (typeof sharedKinds)[number];

/** A file on its way into or out of a workspace. */
export interface SharedFile {
  /** Relative to the workspace folder, with `/`. */
  readonly path: string;
  readonly kind: SharedKind;
  readonly bytes: Uint8Array;
}

/** Something people must know about a file they share. `line` counts from 1; null: the whole file. */
export interface SharingNotice {
  readonly file: string;
  readonly line: number | null;
  readonly message: string;
}

export const isPromptFile = (path: string): boolean => /\.prompt\.ya?ml$/i.test(path);
