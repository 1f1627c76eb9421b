import type { Diagnostic } from '../domain/diagnostic.ts';
import { hasErrors, startOfFile } from '../domain/diagnostic.ts';
import type { ParsedFile } from '../domain/parsedFile.ts';
import type { FileDiagnostic } from '../domain/runPlan.ts';
import { problemIn } from '../planning/planningProblem.ts';

const withPath = (parsed: ParsedFile, diagnostics: readonly Diagnostic[]): FileDiagnostic[] =>
  diagnostics.map((diagnostic) => ({ ...diagnostic, path: parsed.path }));

export const warningsOf = (parsed: ParsedFile): FileDiagnostic[] =>
  withPath(
    parsed,
    parsed.diagnostics.filter(({ severity }) => severity === 'warning'),
  );

export function whyUnusable(parsed: ParsedFile): readonly FileDiagnostic[] {
  if (hasErrors(parsed.diagnostics)) return withPath(parsed, parsed.diagnostics);
  return [problemIn(parsed, 'unusable-file', 'This file cannot be used as a prompt.', startOfFile)];
}
