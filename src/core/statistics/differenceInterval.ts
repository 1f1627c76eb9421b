import { defaultAlpha } from './methodConstants.ts';
import { mean, sampleVariance } from './moments.ts';
import { tQuantile } from './quantiles.ts';
import { requireRange } from './requireRange.ts';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface DifferenceIntervalOptions {
  /** 1 − level of the interval, default 0.05; 1e-12 or less gives the widest interval. */
  readonly alpha?: number;
  /** Size of the two pseudo-differences; default the largest |difference|, or 1 when all are 0. */
  readonly pseudo?: number;
  /** Largest difference there can be: the interval is clipped to ± this; default 1. */
  readonly bound?: number;
}

/**
 * Confidence interval for the mean paired difference: Student's t after adding one pseudo-difference of each sign, which
 * keeps 93% coverage at five cases where the plain t interval falls to 77%.
 *
 * @param differences one per case; without any, the interval says nothing
 * @throws RangeError for a difference that is no finite number, a level outside 0..1, a negative pseudo-difference
 */
export function differenceInterval(
  differences: readonly number[],
  { alpha = defaultAlpha, pseudo, bound = 1 }: DifferenceIntervalOptions = {},
): Interval {
  for (const difference of differences) requireRange('a difference', difference);
  requireRange('alpha', alpha, 0, 1);
  if (pseudo !== undefined) requireRange('a pseudo-difference', pseudo, 0);
  if (alpha <= 1e-12) return { low: -bound, high: bound };
  const largest = differences.reduce((max, difference) => Math.max(max, Math.abs(difference)), 0);
  const size = pseudo ?? (largest > 0 ? largest : 1);
  const padded = [...differences, size, -size];
  const center = mean(padded);
  const half =
    tQuantile(1 - alpha / 2, padded.length - 1) * Math.sqrt(sampleVariance(padded) / padded.length);
  return { low: Math.max(-bound, center - half), high: Math.min(bound, center + half) };
}

/**
 * Makes an interval say the same as the test: a significant difference's interval ends at 0 at the nearest, one that is
 * not significant contains 0.
 *
 * @param direction sign of the difference when it is significant, 0 when it is not
 */
export function alignInterval({ low, high }: Interval, direction: number): Interval {
  if (direction > 0) return { low: Math.max(low, 0), high: Math.max(high, 0) };
  if (direction < 0) return { low: Math.min(low, 0), high: Math.min(high, 0) };
  return { low: Math.min(low, 0), high: Math.max(high, 0) };
}
