import type { EvaluatorSpec } from '../domain/promptFile.ts';
import { parseTemplate } from '../domain/template.ts';

/** A pattern that cannot be used. The caller knows where in the file its evaluator stands. */
export interface PatternProblem {
  readonly code: 'invalid-pattern';
  readonly severity: 'error';
  readonly message: string;
  /** Below the evaluator. */
  readonly path: readonly ['string', 'matches' | 'flags'];
}

/**
 * Whether an evaluator's `matches` is a pattern that RE2 reads; null when it is, or when there is none. One that holds
 * variables is complete only with a case's values, so it is checked then. Loads the engine on first use.
 */
export async function checkPattern(spec: EvaluatorSpec): Promise<PatternProblem | null> {
  if (spec.type !== 'string' || spec.rules.matches === undefined) return null;
  const { parts } = parseTemplate(spec.rules.matches);
  if (parts.some((part) => part.type === 'variable')) return null;
  const text = parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
  const { compilePattern } = await import('./compilePattern.ts');
  const pattern = compilePattern(text, spec.rules.flags ?? '');
  if (typeof pattern !== 'string') return null;
  return {
    code: 'invalid-pattern',
    severity: 'error',
    message: `This is no regular expression that RE2 reads: ${pattern}.`,
    path: ['string', pattern.startsWith('unknown flag') ? 'flags' : 'matches'],
  };
}
