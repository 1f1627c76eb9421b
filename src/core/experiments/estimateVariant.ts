import { mean, sampleVariance } from '../statistics/moments.ts';
import { tQuantile } from '../statistics/quantiles.ts';
import { variantInterval } from '../statistics/variantInterval.ts';
import { differenceBound } from './decisionRule.ts';
import type { DecisionRule } from './decisionRule.ts';

/** A variant's mean on the scale compared, with its interval; null mean without usable cases. */
export interface VariantEstimate {
  readonly mean: number | null;
  readonly low: number;
  readonly high: number;
}

export function estimateVariant(values: readonly number[], { alpha, scale }: DecisionRule): VariantEstimate {
  const bound = differenceBound[scale];
  if (values.length === 0) return { mean: null, low: scale === 'unit' ? 0 : -bound, high: bound };
  if (scale === 'unit') return variantInterval(values, alpha);
  const center = mean(values);
  if (values.length < 2) return { mean: center, low: center - bound, high: center + bound };
  const error = Math.sqrt(sampleVariance(values) / values.length);
  const half = Math.min(bound, tQuantile(1 - alpha / 2, values.length - 1) * error);
  return { mean: center, low: center - half, high: center + half };
}
