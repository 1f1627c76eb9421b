import type { Diagnostic } from '../../domain/diagnostic.ts';
import type { ParsedFile } from '../../domain/parsedFile.ts';
import { parseTemplate, renderTemplate, variablesOf } from '../../domain/template.ts';

/** The broken regular expressions of a file, each on its line. `problemOf` says what is wrong with one, or null. */
export function checkPatterns(
  { file, locate }: ParsedFile,
  problemOf: (pattern: string, flags: string) => string | null,
): Diagnostic[] {
  return (file?.evaluators ?? []).flatMap((spec, index): Diagnostic[] => {
    if (spec.type !== 'string' || spec.rules.matches === undefined) return [];
    const template = parseTemplate(spec.rules.matches);
    // With variables in it, it is known only when a case is scored.
    if (variablesOf(template).length > 0) return [];
    // What is no flag has its own finding.
    const flags = (spec.rules.flags ?? '').replaceAll(/[^ims]/g, '');
    const problem = problemOf(renderTemplate(template, {}).text, flags);
    if (problem === null) return [];
    const message = `\`matches\` is no regular expression that RE2 reads: ${problem}.`;
    const range = locate(['evaluators', index, 'string', 'matches'], 'value');
    return [{ code: 'invalid-pattern', severity: 'error', message, range }];
  });
}

export const hasPatterns = ({ file }: ParsedFile): boolean =>
  (file?.evaluators ?? []).some((spec) => spec.type === 'string' && spec.rules.matches !== undefined);
