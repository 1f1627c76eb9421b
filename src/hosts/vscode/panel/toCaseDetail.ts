import type { JsonValue } from '../../../core/domain/json.ts';
import type { Report, ReportedResult } from '../../../core/domain/report.ts';
import { outputLimit, type CaseDetail, type DetailResult } from '../../../protocol/panelReport.ts';
import { valueText } from './toPanelReport.ts';

/** A case's results by column; null when the report has no such case. Ids are those of `toPanelReport`. */
export interface FoundCase {
  readonly vars: Readonly<Record<string, JsonValue>>;
  readonly expected: string | null;
  readonly columns: ReadonlyMap<string, readonly ReportedResult[]>;
}

export function findCase(report: Report, caseId: string): FoundCase | null {
  if (report.kind === 'abtest') {
    const found = report.cases.find(({ id }) => id === caseId);
    if (found === undefined) return null;
    const { vars, expected, results } = found;
    return { vars, expected, columns: new Map(report.variants.map(({ id }) => [id, results[id] ?? []])) };
  }
  const several = report.prompts.length > 1;
  for (const prompt of report.prompts) {
    const found = prompt.cases.find(({ id }) => caseId === (several ? `${prompt.name}/${id}` : id));
    if (found !== undefined) {
      return { vars: found.vars, expected: found.expected, columns: new Map([['result', found.results]]) };
    }
  }
  return null;
}

/** One case with its outputs, long ones cut: the panel shows the beginning, a document the whole. */
export function toCaseDetail(report: Report, caseId: string): CaseDetail | null {
  const found = findCase(report, caseId);
  if (found === null) return null;
  return {
    caseId,
    vars: Object.entries(found.vars).map(([name, value]) => ({ name, value: valueText(value, outputLimit) })),
    expected: found.expected === null ? null : found.expected.slice(0, outputLimit),
    results: [...found.columns.values()].map((results) => results.map(toDetail)),
  };
}

function toDetail(result: ReportedResult): DetailResult {
  const { output, score, passed, evaluations, failure, timing, usage, costUsd, cached } = result;
  return {
    output: output.slice(0, outputLimit),
    outputLength: output.length,
    score,
    passed,
    evaluations,
    failure,
    totalMs: timing.totalMs,
    firstTextMs: timing.firstTextMs,
    inputTokens: usage.inputTokens,
    outputTokens: usage.outputTokens,
    costUsd,
    cached,
  };
}
