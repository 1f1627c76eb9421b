import { toLattice, latticeFor } from './lattice.ts';
import { mean, median, sampleVariance } from './moments.ts';
import { tQuantile } from './quantiles.ts';
import { SignFlipTest } from './signFlipTest.ts';

export interface MetricRatio {
  /** Cases with a positive value on both sides. */
  readonly n: number;
  /** Geometric mean of b / a over the cases; null without cases. */
  readonly ratio: number | null;
  /** Ends of the interval; both null with fewer than two cases or no variance. */
  readonly low: number | null;
  readonly high: number | null;
  /** Exact sign-flip p value of "no difference". */
  readonly pValue: number;
}

/** Middle one of the positive, finite values; null when there is none. */
export function positiveMedian(values: readonly (number | null)[]): number | null {
  const [only = null] = values;
  // Without repetitions, which is most of the time, there is nothing to sort.
  if (values.length === 1) return only !== null && only > 0 && Number.isFinite(only) ? only : null;
  const positive = values.filter(
    (value): value is number => value !== null && value > 0 && Number.isFinite(value),
  );
  return positive.length === 0 ? null : median(positive);
}

/** Log ratios on the lattice, the largest of them at full scale: `lattice` steps. */
export function logRatiosToLattice(logRatios: readonly number[], lattice: number): number[] {
  const largest = logRatios.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  const steps = largest > 0 ? lattice / largest : 0;
  return logRatios.map((value) => toLattice(value, steps));
}

/**
 * How many times as slow, long or dear b is as a: the geometric mean of the per-case ratios of medians, with a t
 * interval on the logs and the exact sign-flip p value. Never part of the winner rule for quality.
 *
 * @param a repetitions of every case for a: milliseconds, tokens or dollars; null, 0 and less are left out
 * @param b the same cases for b
 * @param alpha 1 − level of the interval
 */
export function metricRatio(
  a: readonly (readonly (number | null)[])[],
  b: readonly (readonly (number | null)[])[],
  alpha = 0.05,
): MetricRatio {
  const logRatios = a.map((repetitions, i) => logRatio(repetitions, b[i] ?? []));
  return ratioOfLogs(
    logRatios.filter((value) => value !== null),
    alpha,
  );
}

/** ln(median of b / median of a) of one case; null where a side has no positive value. */
export function logRatio(a: readonly (number | null)[], b: readonly (number | null)[]): number | null {
  const base = positiveMedian(a);
  const other = positiveMedian(b);
  return base === null || other === null ? null : Math.log(other / base);
}

/** `metricRatio` of logarithms that are there already, one per case or group. */
export function ratioOfLogs(logRatios: readonly number[], alpha = 0.05): MetricRatio {
  const n = logRatios.length;
  if (n === 0) return { n, ratio: null, low: null, high: null, pValue: 1 };
  const center = mean(logRatios);
  const sd = Math.sqrt(sampleVariance(logRatios));
  const pValue = SignFlipTest.of(logRatiosToLattice(logRatios, latticeFor(n))).pValue;
  if (n < 2 || sd < 1e-12) return { n, ratio: Math.exp(center), low: null, high: null, pValue };
  const half = (tQuantile(1 - alpha / 2, n - 1) * sd) / Math.sqrt(n);
  return { n, ratio: Math.exp(center), low: Math.exp(center - half), high: Math.exp(center + half), pValue };
}
