import type { ExperimentMetric } from '../domain/experimentPlan.ts';
import type { ReportedResult } from '../domain/report.ts';
import { measured, missing, type Score } from '../domain/score.ts';

/** What a result counts in a comparison. A failure of the variant's own doing has been scored 0 before. */
export function metricScore({ name, scale }: ExperimentMetric, result: ReportedResult): Score {
  if (scale === 'log') return positive(logValue(name, result), name);
  switch (name) {
    case 'quality':
      return result.score === null ? missing(reasonOf(result)) : measured(result.score);
    case 'passRate':
      return result.passed === null ? missing(reasonOf(result)) : measured(result.passed ? 1 : 0);
    case 'successRate':
      if (result.failure === null) return measured(1);
      return isOwnDoing(result) ? measured(0) : missing(result.failure.message);
    default: {
      if (isOwnDoing(result)) return measured(0);
      const own = result.evaluations.find((evaluation) => evaluation.name === name);
      return own?.score == null ? missing(own?.reason ?? reasonOf(result)) : measured(own.score);
    }
  }
}

/** Failures that say something about the prompt, not about the world. */
export const isOwnDoing = ({ failure }: Pick<ReportedResult, 'failure'>): boolean =>
  failure !== null && (failure.code === 'rejected' || failure.code === 'context-too-long');

function logValue(name: string, result: ReportedResult): number | null {
  if (name === 'latency') return latencyOf(result);
  return name === 'tokens' ? tokensOf(result) : costOf(result);
}

/** An answer from the cache says nothing about time, and cost nothing. */
export const latencyOf = ({ failure, cached, timing }: ReportedResult): number | null =>
  failure !== null || cached ? null : timing.totalMs;

export const costOf = ({ failure, cached, costUsd }: ReportedResult): number | null =>
  failure !== null || cached ? null : costUsd;

export function tokensOf({ failure, usage }: ReportedResult): number | null {
  const { inputTokens, outputTokens } = usage;
  return failure !== null || inputTokens === null || outputTokens === null
    ? null
    : inputTokens + outputTokens;
}

const positive = (value: number | null, name: string): Score =>
  value !== null && value > 0 ? measured(value) : missing(`There is no ${name} of this result.`);

const reasonOf = ({ failure, evaluations }: ReportedResult): string =>
  failure?.message ?? evaluations.find(({ score }) => score === null)?.reason ?? 'No evaluator gave a score.';
