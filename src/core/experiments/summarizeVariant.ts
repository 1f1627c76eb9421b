import type { ReportedResult, ReportedVariant } from '../domain/report.ts';
import { sampleQuantile } from '../statistics/moments.ts';
import { costOf, latencyOf } from './metricScore.ts';

export type VariantSummary = Pick<
  ReportedVariant,
  'failures' | 'passRate' | 'latencyMs' | 'tokens' | 'costUsd'
>;

/** Plain sums and quantiles over a variant's results; totals are null where a part is unknown. */
export function summarizeVariant(results: readonly ReportedResult[]): VariantSummary {
  const times = results.map(latencyOf).filter((time) => time !== null);
  // Where everything came from the cache, the recorded times are better than none.
  const shown = times.length > 0 ? times : results.filter(succeeded).map(({ timing }) => timing.totalMs);
  const verdicts = results.map(({ passed }) => passed).filter((passed) => passed !== null);
  const quantile = (probability: number): number | null =>
    shown.length === 0 ? null : sampleQuantile(shown, probability);
  return {
    failures: results.filter(({ failure }) => failure !== null).length,
    passRate: verdicts.length === 0 ? null : verdicts.filter(Boolean).length / verdicts.length,
    latencyMs: { median: quantile(0.5), p95: quantile(0.95) },
    tokens: {
      input: total(results.filter(succeeded).map(({ usage }) => usage.inputTokens)),
      output: total(results.filter(succeeded).map(({ usage }) => usage.outputTokens)),
    },
    costUsd: total(results.filter(wasAnswered).map(({ costUsd }) => costUsd)),
  };
}

const succeeded = ({ failure }: ReportedResult): boolean => failure === null;

/** A call that failed without a count of tokens is most likely not billed. */
const wasAnswered = (result: ReportedResult): boolean => result.failure === null || costOf(result) !== null;

function total(values: readonly (number | null)[]): number | null {
  let sum = 0;
  for (const value of values) {
    if (value === null) return null;
    sum += value;
  }
  return values.length === 0 ? null : sum;
}
