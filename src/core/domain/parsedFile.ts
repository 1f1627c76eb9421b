import type { Diagnostic } from './diagnostic.ts';
import type { Locate, PromptFile, PromptKind } from './promptFile.ts';

/** What reading a prompt file gave: always something, however broken the text is. */
export interface ParsedFile {
  /** As it was given to the parser. */
  readonly path: string;
  readonly text: string;
  /** Known even for most broken files, so that lenses and trees stay put while somebody types. */
  readonly kind: PromptKind;
  readonly name: string;
  /** null when an error makes the file unusable; then `diagnostics` says why. */
  readonly file: PromptFile | null;
  readonly diagnostics: readonly Diagnostic[];
  readonly locate: Locate;
  /** Names of all variables the templates use, in order of first use. */
  readonly variablesUsed: readonly string[];
}

/** What the index keeps of every file: cheap to get for thousands of them. */
export interface FileHeader {
  readonly kind: PromptKind;
  readonly name: string;
  readonly description?: string;
  readonly tags: readonly string[];
}
