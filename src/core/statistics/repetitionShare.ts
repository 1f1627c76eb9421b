import { mean, sampleVariance } from './moments.ts';
import { requireRange } from './requireRange.ts';

/** One case of one pair: the repetitions of both variants, missing ones left out. */
export interface RepeatedCase {
  readonly first: readonly number[];
  readonly second: readonly number[];
}

export interface RepetitionShare {
  /** Share of the variance of a case's difference that comes from repeating the same case, ≥ 0. */
  readonly share: number;
  /** Standard deviation of a case's difference now. */
  readonly sd: number;
  /** What it would be with twice the repetitions. */
  readonly sdDoubleReps: number;
}

/** From this share on, more repetitions help more than more cases. */
export const repetitionsHelpFrom = 0.5;

/**
 * More repetitions or more cases? Splits the variance of the differences into what differs between cases and what
 * differs between repetitions of one case.
 *
 * @param cases at least two, each with at least two repetitions per variant
 * @returns null when there are fewer, or when no two cases differ
 * @throws RangeError for a score that is no finite number
 */
export function repetitionShare(cases: readonly RepeatedCase[]): RepetitionShare | null {
  const split = cases.filter(({ first, second }) => first.length >= 2 && second.length >= 2);
  for (const { first, second } of split) {
    for (const score of [...first, ...second]) requireRange('a score', score);
  }
  const variance = sampleVariance(split.map(({ first, second }) => mean(first) - mean(second)));
  if (variance <= 0) return null;
  const within = mean(
    split.map(
      ({ first, second }) => sampleVariance(first) / first.length + sampleVariance(second) / second.length,
    ),
  );
  return {
    share: within / variance,
    sd: Math.sqrt(variance),
    sdDoubleReps: Math.sqrt(Math.max(variance - within, 0) + Math.min(within, variance) / 2),
  };
}
