import { minWinningCases } from '../statistics/sampleSize.ts';
import { stageWeight } from '../statistics/spending.ts';
import type { Design } from './decisionRule.ts';

/** The fewest cases that differ with which anybody can win: a live run may spend part of its level only. 6 at 95%. */
export function casesToWin(
  alpha: number,
  design: Pick<Design, 'mode'> & { horizons?: readonly number[] },
): number {
  if (design.mode === 'fixed') return minWinningCases(alpha);
  const stages = Math.max(1, design.horizons?.length ?? 1);
  const share = Array.from({ length: stages }, (_, stage) => stageWeight(stage)).reduce(
    (sum, w) => sum + w,
    0,
  );
  return minWinningCases(alpha * share);
}
