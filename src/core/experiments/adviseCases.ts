import { minWinningCases, planningSd, sampleSize } from '../statistics/sampleSize.ts';

export interface CaseAdviceRequest {
  /** Cases, or groups of them, that will run. */
  readonly cases: number;
  readonly variants: number;
  /** Yes/no scores need many more cases than graded ones. */
  readonly scores: 'binary' | 'graded';
  readonly repetitions: number;
  readonly confidenceLevel: number;
  readonly minEffect: number;
}

export interface CaseAdvice {
  /** Cases with which the smallest difference worth having is found with 80% chance. */
  readonly suggestedCases: number;
  /** What to know before the first token is spent; null when nothing speaks against the plan. */
  readonly warning: string | null;
}

/** What a number of cases can show, said before the run. */
export function adviseCases(request: CaseAdviceRequest): CaseAdvice {
  const { cases, variants, scores, repetitions, confidenceLevel, minEffect } = request;
  const alpha = 1 - confidenceLevel;
  const sd = planningSd(scores, repetitions);
  const suggestedCases = sampleSize({ sd, difference: minEffect, variants, alpha });
  const least = minWinningCases(alpha);
  const warning =
    cases < least
      ? `${cases} case${cases === 1 ? '' : 's'} cannot make a winner at ${Number((100 * confidenceLevel).toPrecision(10))}% confidence: at least ${least} that differ are needed.`
      : null;
  return { suggestedCases, warning };
}
