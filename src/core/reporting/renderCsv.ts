import type { Report, ReportedResult } from '../domain/report.ts';
import { stateOf } from './describeResult.ts';

const headers = [
  'prompt',
  'variant',
  'case',
  'repetition',
  'state',
  'score',
  'output',
  'expected',
  'vars',
  'evaluations',
  'failure',
  'totalMs',
  'firstTextMs',
  'inputTokens',
  'outputTokens',
  'costUsd',
  'cached',
];

type Cell = string | number | boolean | null;

/** One row a call. A text that a spreadsheet would run as a formula gets an apostrophe in front. */
export function renderCsv(report: Report): string {
  const rows = report.kind === 'abtest' ? abRows(report) : testRows(report);
  return [headers, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

type Of<K extends Report['kind']> = Extract<Report, { kind: K }>;

function abRows(report: Of<'abtest'>): Cell[][] {
  return report.cases.flatMap((item) =>
    report.variants.flatMap((variant) =>
      (item.results[variant.id] ?? []).map((result, at) => [
        variant.prompt,
        variant.label,
        item.id,
        at + 1,
        ...resultCells(result, item),
      ]),
    ),
  );
}

function testRows(report: Of<'test'>): Cell[][] {
  return report.prompts.flatMap((prompt) =>
    prompt.cases.flatMap((item) =>
      item.results.map((result, at) => [prompt.name, '', item.id, at + 1, ...resultCells(result, item)]),
    ),
  );
}

function resultCells(
  result: ReportedResult,
  item: { readonly vars: unknown; readonly expected: string | null },
): Cell[] {
  return [
    stateOf(result),
    result.score,
    result.output,
    item.expected,
    JSON.stringify(item.vars),
    JSON.stringify(result.evaluations),
    result.failure?.code ?? '',
    result.timing.totalMs,
    result.timing.firstTextMs,
    result.usage.inputTokens,
    result.usage.outputTokens,
    result.costUsd,
    result.cached,
  ];
}

function field(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const well = cell.replace(/\p{Surrogate}/gu, '\ufffd').replaceAll('\0', '');
  // Also after blanks and for the full-width forms: spreadsheets look past the former and fold the latter.
  const safe = /^[\s\u00a0\ufeff]*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(well) ? `'${well}` : well;
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
