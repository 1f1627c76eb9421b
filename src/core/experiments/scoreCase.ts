import type { ExperimentMetric } from '../domain/experimentPlan.ts';
import type { ReportedResult } from '../domain/report.ts';
import type { ScoredCase } from './experimentSetup.ts';
import { costOf, latencyOf, metricScore, tokensOf } from './metricScore.ts';

/** A case's results as the comparison takes them: by variant, then repetition. */
export function scoreCase(
  place: Pick<ScoredCase, 'id' | 'group'>,
  metric: ExperimentMetric,
  results: readonly (readonly ReportedResult[])[],
): ScoredCase {
  return {
    ...place,
    scores: results.map((repetitions) => repetitions.map((result) => metricScore(metric, result))),
    latencyMs: results.map((repetitions) => repetitions.map(latencyOf)),
    tokens: results.map((repetitions) => repetitions.map(tokensOf)),
    costUsd: results.map((repetitions) => repetitions.map(costOf)),
  };
}
