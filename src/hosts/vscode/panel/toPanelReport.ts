import type {
  AbReport,
  Report,
  ReportedResult,
  ReportedVariant,
  TestReport,
} from '../../../core/domain/report.ts';
import type { JsonValue } from '../../../core/domain/json.ts';
import type { PanelCell, PanelFailures, PanelReport, PanelRow } from '../../../protocol/panelReport.ts';

/** Longer previews are never seen: the table has one line a case. */
const labelLength = 160;
const shownFailures = 3;

const stateWords = {
  finished: null,
  'stopped-early': 'Stopped early: the verdict was certain.',
  budget: 'Stopped at its budget.',
  cancelled: 'Stopped before the end.',
  failed: 'Failed before the end.',
} as const satisfies Record<AbReport['state'], string | null>;
const runningWords = 'Still running, in another window or on the command line. This is how far it is.';

/** A stored run as the panel shows it: numbers of every case, text of none. */
export function toPanelReport(report: Report, name: string, isRunning = false): PanelReport {
  const shown = report.kind === 'abtest' ? fromExperiment(report) : fromTests(report, name);
  return isRunning ? { ...shown, finishedAt: null, stateWords: runningWords, resumable: false } : shown;
}

function fromExperiment(report: AbReport): PanelReport {
  const { metric, confidenceLevel, minEffect, variants, comparisons, verdict, cases } = report;
  const columns = variants.map((variant) => ({
    id: variant.id,
    label: variant.label,
    detail: detailOf(variant),
  }));
  return {
    title: report.name,
    startedAt: report.startedAt,
    finishedAt: report.finishedAt,
    stateWords: stateWords[report.state],
    resumable: report.state === 'cancelled' || report.state === 'budget' || report.state === 'failed',
    columns,
    experiment: { metric, confidenceLevel, minEffect, variants, comparisons, verdict },
    summary: null,
    latenciesMs: columns.map(({ id }) => cases.flatMap(({ results }) => latenciesOf(results[id] ?? []))),
    ...failuresOf(cases.flatMap(({ results }) => Object.values(results).flat())),
    rows: cases.map(({ id, vars, results }) => ({
      id,
      label: labelOf(vars),
      cells: columns.map((column) => toCell(results[column.id] ?? [])),
    })),
  };
}

function detailOf({ prompt, ref, backend, model }: ReportedVariant): string {
  const place = ref === null ? prompt : `${prompt} at ${ref}`;
  return [place, backend, model].filter((part) => part !== null).join(' · ');
}

/** Prompts have cases of their own, so each is a row with the one column that a test run has. */
function fromTests({ prompts, summary }: TestReport, name: string): PanelReport {
  const several = prompts.length > 1;
  const rows = prompts.flatMap((prompt): readonly PanelRow[] =>
    prompt.cases.map(({ id, vars, results }) => ({
      id: several ? `${prompt.name}/${id}` : id,
      label: labelOf(vars),
      cells: [toCell(results)],
    })),
  );
  const [only] = prompts;
  const detail = several || only === undefined ? [] : [only.file, only.backend, only.model];
  return {
    title: several || only === undefined ? name : only.name,
    startedAt: null,
    finishedAt: null,
    stateWords: null,
    resumable: false,
    columns: [{ id: 'result', label: 'Result', detail: detail.filter((part) => part !== null).join(' · ') }],
    experiment: null,
    summary,
    latenciesMs: [prompts.flatMap(({ cases }) => cases.flatMap(({ results }) => latenciesOf(results)))],
    ...failuresOf(prompts.flatMap(({ cases }) => cases.flatMap(({ results }) => results))),
    rows,
  };
}

/** Why calls failed: mostly it is one reason for all of them. */
function failuresOf(results: readonly ReportedResult[]): Pick<PanelReport, 'failures' | 'failureCount'> {
  const kinds = new Map<string, PanelFailures>();
  let failureCount = 0;
  for (const { failure } of results) {
    if (failure === null) continue;
    failureCount += 1;
    const { code, message, hint } = failure;
    const key = `${code} ${message}`;
    kinds.set(key, { code, message, hint, count: (kinds.get(key)?.count ?? 0) + 1 });
  }
  const failures = [...kinds.values()].sort((a, b) => b.count - a.count).slice(0, shownFailures);
  return { failures, failureCount };
}

function latenciesOf(results: readonly ReportedResult[]): readonly number[] {
  return results
    .filter(({ failure, cached }) => failure === null && !cached)
    .map(({ timing }) => timing.totalMs);
}

function toCell(results: readonly ReportedResult[]): PanelCell {
  const scores = results.flatMap(({ score }) => (score === null ? [] : [score]));
  const verdicts = results.flatMap(({ passed }) => (passed === null ? [] : [passed]));
  const times = latenciesOf(results).toSorted((a, b) => a - b);
  return {
    score: scores.length === 0 ? null : scores.reduce((sum, score) => sum + score, 0) / scores.length,
    passed: verdicts.length === 0 ? null : verdicts.every(Boolean),
    missing: results.length - scores.length,
    failures: results.filter(({ failure }) => failure !== null).length,
    latencyMs: times[Math.floor((times.length - 1) / 2)] ?? null,
  };
}

function labelOf(vars: Readonly<Record<string, JsonValue>>): string {
  const parts = Object.entries(vars).map(([name, value]) => `${name}: ${valueText(value, labelLength)}`);
  return parts.join(' · ').slice(0, labelLength * 2);
}

/** A value as the reader wrote it: text bare, the rest as JSON. */
export function valueText(value: JsonValue, length: number): string {
  return (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, length);
}
