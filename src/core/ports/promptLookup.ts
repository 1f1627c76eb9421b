import type { ParsedFile } from '../domain/parsedFile.ts';

export type PromptFound =
  | { readonly status: 'found'; readonly file: ParsedFile }
  | { readonly status: 'not-found' }
  /** More than one file has that name. */
  | { readonly status: 'ambiguous'; readonly paths: readonly string[] }
  /** It lies outside the workspace or cannot be read; a sentence says why. */
  | { readonly status: 'refused'; readonly message: string };

/** Finds the prompt files of a workspace, as the host's index knows them. */
export interface PromptLookup {
  /** `reference` is a prompt's name, or a path relative to the file `from`. */
  find(reference: string, from: string): Promise<PromptFound>;
  /** Names as they are now, to look up many of them. Absent where one costs nothing. */
  snapshot?(): PromptLookup;
}
