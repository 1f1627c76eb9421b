import type { Diagnostic } from '../domain/diagnostic.ts';
import { hasErrors, startOfFile } from '../domain/diagnostic.ts';
import type { ParsedFile } from '../domain/parsedFile.ts';
import type { FileDiagnostic } from '../domain/runPlan.ts';
import { problemIn } from '../planning/planningProblem.ts';
import { checkPatterns } from './checkPatterns.ts';

const withPath = (parsed: ParsedFile, diagnostics: readonly Diagnostic[]): FileDiagnostic[] =>
  diagnostics.map((diagnostic) => ({ ...diagnostic, path: parsed.path }));

export const warningsOf = (parsed: ParsedFile): FileDiagnostic[] =>
  withPath(
    parsed,
    parsed.diagnostics.filter(({ severity }) => severity === 'warning'),
  );

/**
 * Everything wrong with a file that is tested all the same: an evaluator that cannot give a score is told before the
 * calls are paid for.
 */
export const findingsOf = async (parsed: ParsedFile): Promise<FileDiagnostic[]> =>
  withPath(parsed, [...parsed.diagnostics, ...(await checkPatterns(parsed))]);

export function whyUnusable(parsed: ParsedFile): readonly FileDiagnostic[] {
  if (hasErrors(parsed.diagnostics)) return withPath(parsed, parsed.diagnostics);
  return [problemIn(parsed, 'unusable-file', 'This file cannot be used as a prompt.', startOfFile)];
}
