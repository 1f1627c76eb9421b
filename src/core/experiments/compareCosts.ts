import type { CostRatio, PairComparison } from '../domain/comparison.ts';
import { metricRatio } from '../statistics/metricRatio.ts';
import type { Measurements, ScoredCase } from './experimentSetup.ts';

/** How many times as slow, long and dear variant b is as variant a, over the cases measured for both. */
export function compareCosts(
  cases: readonly ScoredCase[],
  a: number,
  b: number,
  alpha: number,
): PairComparison['ratios'] {
  const ratioOf = (measure: (scored: ScoredCase) => Measurements | undefined): CostRatio | null => {
    const valuesOf = (v: number) => cases.map((scored) => measure(scored)?.[v] ?? []);
    const { ratio, low, high, pValue } = metricRatio(valuesOf(a), valuesOf(b), alpha);
    return ratio === null ? null : { ratio, low, high, pValue };
  };
  return {
    latency: ratioOf(({ latencyMs }) => latencyMs),
    tokens: ratioOf(({ tokens }) => tokens),
    cost: ratioOf(({ costUsd }) => costUsd),
  };
}
