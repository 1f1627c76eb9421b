import { defaultAlpha } from './methodConstants.ts';
import { mean, sampleVariance } from './moments.ts';
import { tQuantile } from './quantiles.ts';
import { requireRange } from './requireRange.ts';

export interface EstimatedMean {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

const clipToUnit = (value: number): number => Math.min(1, Math.max(0, value));

/**
 * Mean of one variant's case scores with a confidence interval: Wilson's score interval (1927) on an effective sample
 * size with a Student t critical value. The design effect is how much less the scores vary than yes/no scores of the
 * same mean would, shrunk towards 1 by two pseudo-cases; so it works for yes/no and graded scores, for one case and for
 * zero variance, where the usual interval fails (Bowyer et al. 2025).
 *
 * @param scores one mean per case, in 0..1, at least one
 * @param alpha 1 − level of the interval, above 0 and at most 1
 * @throws RangeError for no score, for one that is NaN or outside 0..1, and for an alpha out of range
 */
export function variantInterval(scores: readonly number[], alpha: number = defaultAlpha): EstimatedMean {
  const n = scores.length;
  if (n === 0) throw new RangeError('an interval needs at least one score');
  const wrong = scores.find((score) => !(score >= 0 && score <= 1));
  if (wrong !== undefined) throw new RangeError(`a score must lie in 0..1, got ${wrong}`);
  requireRange('alpha', alpha, Number.MIN_VALUE, 1);
  const average = mean(scores);
  const binaryVariance = average * (1 - average);
  const rawEffect = binaryVariance > 1e-12 ? Math.min(sampleVariance(scores) / binaryVariance, 1) : 1;
  const designEffect = ((n - 1) * rawEffect + 2) / (n + 1);
  const effectiveCases = n / designEffect;
  const z = tQuantile(1 - alpha / 2, n + 1);
  const z2n = (z * z) / effectiveCases;
  const center = average + z2n / 2;
  const half = z * Math.sqrt(binaryVariance / effectiveCases + z2n / (4 * effectiveCases));
  return {
    mean: average,
    low: clipToUnit((center - half) / (1 + z2n)),
    high: clipToUnit((center + half) / (1 + z2n)),
  };
}
