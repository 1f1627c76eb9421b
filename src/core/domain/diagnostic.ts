/** A place in a text. Lines and columns count from 0, columns in UTF-16 code units (as editors do). */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** `end` is exclusive. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export type Severity = 'error' | 'warning' | 'information';

/** A text edit that mends a finding; applied to the file the diagnostic is on. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly { readonly range: Range; readonly newText: string }[];
}

/** Something about the user's own file. Collected, never thrown. `code` is stable and kebab-case, e.g. `unset-variable`. */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly range: Range;
  readonly fix?: Fix;
  /** Other places that belong to the finding, e.g. the other file of the same name. */
  readonly related?: readonly { readonly path: string; readonly range: Range; readonly message: string }[];
}

export const startOfFile: Range = { start: { line: 0, column: 0 }, end: { line: 0, column: 0 } };

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}
