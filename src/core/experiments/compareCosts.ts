import type { CostRatio, PairComparison } from '../domain/comparison.ts';
import { logRatio, ratioOfLogs } from '../statistics/metricRatio.ts';
import { caseUnits, meanOfPresent } from './caseMeans.ts';
import type { Measurements, ScoredCase } from './experimentSetup.ts';

/**
 * How many times as slow, long and dear variant b is as variant a, over the cases measured for both. Cases of one group
 * count as one, with the mean of their logarithms: what belongs together is no independent evidence here either.
 */
export function compareCosts(
  cases: readonly ScoredCase[],
  a: number,
  b: number,
  alpha: number,
): PairComparison['ratios'] {
  const units = caseUnits(cases.map(({ group }) => group));
  const ratioOf = (measure: (scored: ScoredCase) => Measurements | undefined): CostRatio | null => {
    const logs = cases.map((scored) => {
      const measured = measure(scored);
      return logRatio(measured?.[a] ?? [], measured?.[b] ?? []);
    });
    const perUnit = units
      .map((unit) => meanOfPresent(unit.map((index) => logs[index] ?? null)))
      .filter((log) => log !== null);
    const { ratio, low, high, pValue } = ratioOfLogs(perUnit, alpha);
    return ratio === null ? null : { ratio, low, high, pValue };
  };
  return {
    latency: ratioOf(({ latencyMs }) => latencyMs),
    tokens: ratioOf(({ tokens }) => tokens),
    cost: ratioOf(({ costUsd }) => costUsd),
  };
}
