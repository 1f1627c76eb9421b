import type { ExperimentSetup, ScoredCase } from '../../src/core/experiments/experimentSetup.ts';
import { measured, missing } from '../../src/core/domain/score.ts';
import { mulberry32 } from '../../src/core/statistics/seededOrder.ts';

export type RawScores = readonly (number | null)[];

/** Cases from one list of scores per variant, one repetition each. */
export function casesFrom(...variants: RawScores[]): ScoredCase[] {
  return (variants[0] ?? []).map((_, i) => ({
    id: `case-${i + 1}`,
    scores: variants.map((scores) => {
      const score = scores[i] ?? null;
      return [score === null ? missing('unreachable') : measured(score)];
    }),
  }));
}

/** Graded scores of variants that differ by `advantages`, the same for the same seed. */
export function gradedScores(seed: number, cases: number, advantages: readonly number[]): number[][] {
  const random = mulberry32(seed);
  const difficulty = Array.from({ length: cases }, random);
  return advantages.map((advantage) =>
    difficulty.map((d) => Math.min(1, Math.round(20 * (0.5 * d + 0.3 * random() + advantage)) / 20)),
  );
}

export function setupOf(labels: readonly string[], changes: Partial<ExperimentSetup> = {}): ExperimentSetup {
  return {
    variants: labels.map((label) => ({ id: label.toLowerCase(), label })),
    metric: { name: 'quality', direction: 'higher', scale: 'unit' },
    confidenceLevel: 0.95,
    minEffect: 0.05,
    design: { mode: 'fixed' },
    ...changes,
  };
}
