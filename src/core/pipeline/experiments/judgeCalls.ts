import type { EvaluatorSpec } from '../../domain/promptFile.ts';

/**
 * How many questions to judges the score of one cell takes. A pairwise judge sees each pair of rivals in both orders, and
 * both sides of a pair share the two answers: on average one question for each rival.
 */
export function judgeCallsPerCell(evaluators: readonly EvaluatorSpec[], variants: number): number {
  return evaluators.reduce((sum, spec) => sum + judgeCallsOf(spec, variants), 0);
}

function judgeCallsOf(spec: EvaluatorSpec, variants: number): number {
  if (spec.type === 'llm') return 1;
  if (spec.type !== 'uses') return 0;
  if (spec.uses === 'promptly/pairwise-judge') return variants - 1;
  return spec.uses === 'promptly/judge' || spec.uses.startsWith('github/') ? 1 : 0;
}
