import type { EvaluatedOutput } from '../domain/evaluation.ts';
import type { ReportedResult, TestSummary } from '../domain/report.ts';
import type { CellResult } from '../domain/runEvent.ts';

/** A call's result and what the evaluators said of it; null when it was not evaluated (it failed). */
export function buildResult(result: CellResult, evaluated: EvaluatedOutput | null): ReportedResult {
  const { output, failure, timing, usage, costUsd, cached } = result;
  const score = evaluated?.score.status === 'measured' ? evaluated.score.value : null;
  return {
    output,
    score,
    passed: evaluated?.passed ?? null,
    evaluations: (evaluated?.evaluations ?? []).map((evaluation) => ({
      name: evaluation.name,
      score: evaluation.score.status === 'measured' ? evaluation.score.value : null,
      passed: evaluation.passed,
      reason: evaluation.reason,
    })),
    failure,
    timing: { totalMs: timing.totalMs, firstTextMs: timing.firstTextMs },
    usage: {
      inputTokens: usage.inputTokens,
      outputTokens: usage.outputTokens,
      cachedInputTokens: usage.cachedInputTokens,
    },
    costUsd,
    cached,
  };
}

/** Counts results; one without a verdict is an error, not a failure of the test. */
export function summarize(results: Iterable<ReportedResult>): TestSummary {
  let [passed, failed, errors] = [0, 0, 0];
  for (const result of results) {
    if (result.failure !== null || result.passed === null) errors++;
    else if (result.passed) passed++;
    else failed++;
  }
  const scored = passed + failed;
  return { passed, failed, errors, passRate: scored === 0 ? null : passed / scored };
}
