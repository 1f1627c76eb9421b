import type {
  AbReport,
  ComparedCase,
  Report,
  ReportedResult,
  TestedCase,
  TestedPrompt,
  TestReport,
} from '../../../core/domain/report.ts';
import type { JsonValue } from '../../../core/domain/json.ts';
import {
  arrayOf,
  isBoolean,
  isNumber,
  isString,
  nullOr,
  objectOf,
  oneOf,
  type Guard,
} from '../../../protocol/guard.ts';
import {
  isComparison,
  isEvaluation,
  isFailure,
  isSummary,
  isVariant,
  isVerdict,
} from '../../../protocol/panelReportGuards.ts';
import { t } from '../l10n.ts';

export type ReadReport =
  | { readonly status: 'ready'; readonly report: Report }
  | { readonly status: 'problem'; readonly message: string; readonly hint: string };

const number = nullOr(isNumber);
const isObject: Guard<object> = (value): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/** What JSON.parse gave is JSON. */
const isVars = isObject as Guard<Readonly<Record<string, JsonValue>>>;

const isResult = objectOf<ReportedResult>({
  output: isString,
  score: number,
  passed: nullOr(isBoolean),
  evaluations: arrayOf(isEvaluation),
  failure: nullOr(isFailure),
  timing: objectOf<ReportedResult['timing']>({ totalMs: isNumber, firstTextMs: number }),
  usage: objectOf<ReportedResult['usage']>({
    inputTokens: number,
    outputTokens: number,
    cachedInputTokens: number,
  }),
  costUsd: number,
  cached: isBoolean,
});
const areResults: Guard<ComparedCase['results']> = (value): value is ComparedCase['results'] =>
  isObject(value) && Object.values(value).every(arrayOf(isResult));
const caseData = { id: isString, vars: isVars, expected: nullOr(isString) };

const isAbReport = objectOf<Omit<AbReport, 'schemaVersion'>>({
  kind: oneOf(['abtest']),
  name: isString,
  startedAt: isString,
  finishedAt: isString,
  state: oneOf(['finished', 'stopped-early', 'budget', 'cancelled', 'failed']),
  metric: objectOf<AbReport['metric']>({ name: isString, direction: oneOf(['higher', 'lower']) }),
  confidenceLevel: isNumber,
  minEffect: isNumber,
  variants: arrayOf(isVariant),
  comparisons: arrayOf(isComparison),
  verdict: isVerdict,
  cases: arrayOf(objectOf<ComparedCase>({ ...caseData, results: areResults })),
});
const isTestReport = objectOf<Omit<TestReport, 'schemaVersion'>>({
  kind: oneOf(['test']),
  prompts: arrayOf(
    objectOf<Omit<TestedPrompt, 'declared'>>({
      name: isString,
      file: isString,
      backend: nullOr(isString) as Guard<TestedPrompt['backend']>,
      model: nullOr(isString),
      passed: isNumber,
      failed: isNumber,
      errors: isNumber,
      cases: arrayOf(objectOf<TestedCase>({ ...caseData, results: arrayOf(isResult) })),
    }),
  ),
  summary: isSummary,
});

/** Reads the text of a `report.json`, of this version or a later one that keeps its fields. Never throws. */
export function readReport(text: string): ReadReport {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return problem(t('This report is not JSON.'));
  }
  if (isAbReport(value) || isTestReport(value)) return { status: 'ready', report: value as Report };
  return problem(t('This file is JSON, but not a report of Promptly.'));
}

function problem(message: string): ReadReport {
  return {
    status: 'problem',
    message,
    hint: t('Open the report.json of a run: it lies in .promptly/runs of the workspace.'),
  };
}
