import type { AbReport } from '../domain/report.ts';

/** The report with the scores of its cases instead of their outputs: short enough for an agent to read. */
export interface AbTestDocument extends Pick<
  AbReport,
  'state' | 'verdict' | 'metric' | 'confidenceLevel' | 'minEffect' | 'variants' | 'comparisons'
> {
  readonly test_name: string;
  /** The stored run; null: nothing of it is kept. */
  readonly run: string | null;
  /** The verdict in words. */
  readonly sentence: string;
  /** By variant, a score for each repetition; null: none. */
  readonly cases: { id: string; scores: Record<string, (number | null)[]> }[];
  readonly notes: string[];
}

/** The verdict of an A/B test for an agent: in words, and as data. An error when no variant has a usable case. */
export function describeAbTest(
  report: AbReport,
  runId: string | null,
  notes: readonly string[],
): { readonly text: readonly string[]; readonly data: AbTestDocument; readonly isError?: boolean } {
  const { verdict, variants } = report;
  const failed = variants.every((variant) => variant.cases === 0);
  const failure = failed ? firstFailure(report) : null;
  const stopped = report.state === 'finished' ? [] : [`The run ended early: ${report.state}.`];
  const reason = failure === null ? [] : [failure];
  const lines = [verdict.sentence, '', ...rowsOf(report), '', ...stopped, ...reason, ...notes];
  return {
    text: [lines.join('\n').trim()],
    data: toDocument(report, runId, notes),
    ...(failed && { isError: true }),
  };
}

function rowsOf({ variants, metric }: AbReport): string[] {
  const shown = (value: number | null): string =>
    value === null ? '?' : String(Number(value.toPrecision(3)));
  return variants.map(({ label, mean, interval, cases, failures, costUsd }) => {
    const range = interval === null ? '' : ` (${shown(interval.low)} to ${shown(interval.high)})`;
    const cost = costUsd === null ? 'cost unknown' : `$${costUsd.toFixed(4)}`;
    return `- ${label}: ${metric.name} ${shown(mean)}${range}, ${cases} cases, ${failures} failures, ${cost}`;
  });
}

function toDocument(report: AbReport, runId: string | null, notes: readonly string[]): AbTestDocument {
  const { verdict, variants, metric, cases } = report;
  return {
    test_name: report.name,
    run: runId,
    state: report.state,
    sentence: verdict.sentence,
    verdict,
    metric,
    confidenceLevel: report.confidenceLevel,
    minEffect: report.minEffect,
    variants,
    comparisons: report.comparisons,
    cases: cases.map(({ id, results }) => ({
      id,
      scores: Object.fromEntries(
        Object.entries(results).map(([variant, list]) => [variant, list.map(({ score }) => score)]),
      ),
    })),
    notes: [...notes],
  };
}

function firstFailure({ cases }: AbReport): string | null {
  const all = cases.flatMap(({ results }) => Object.values(results).flat());
  const failure = all.find((result) => result.failure !== null)?.failure;
  return failure == null ? null : `${failure.code}: ${failure.message} ${failure.hint}`;
}
