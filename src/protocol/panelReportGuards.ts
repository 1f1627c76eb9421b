import { failureCodes, type Failure } from '../core/domain/failure.ts';
import type { CostRatio } from '../core/domain/comparison.ts';
import type {
  ReportedComparison,
  ReportedEvaluation,
  ReportedVariant,
  TestSummary,
} from '../core/domain/report.ts';
import { verdictOutcomes, type Verdict } from '../core/domain/verdict.ts';
import { arrayOf, isBoolean, isNumber, isString, nullOr, objectOf, oneOf, type Guard } from './guard.ts';
import type {
  CaseDetail,
  DetailResult,
  PanelCell,
  PanelColumn,
  PanelExperiment,
  PanelFailures,
  PanelReport,
  PanelRow,
} from './panelReport.ts';

const number = nullOr(isNumber);
const text = nullOr(isString);

export const isFailure = objectOf<Failure>({
  code: oneOf(failureCodes),
  message: isString,
  hint: isString,
  retryable: isBoolean,
});

export const isVariant = objectOf<ReportedVariant>({
  id: isString,
  label: isString,
  prompt: isString,
  ref: text,
  // A stored report may name a backend that this version does not know; it is shown, nothing else.
  backend: text as Guard<ReportedVariant['backend']>,
  model: text,
  cases: isNumber,
  failures: isNumber,
  mean: number,
  interval: nullOr(objectOf({ low: isNumber, high: isNumber, level: isNumber })),
  passRate: number,
  latencyMs: objectOf({ median: number, p95: number }),
  tokens: objectOf({ input: number, output: number }),
  costUsd: number,
  judgeCostUsd: number,
});

const isRatio = nullOr(objectOf<CostRatio>({ ratio: isNumber, low: number, high: number, pValue: isNumber }));

export const isComparison = objectOf<Omit<ReportedComparison, 'lossRateUpper'>>({
  a: isString,
  b: isString,
  difference: number,
  interval: nullOr(objectOf({ low: isNumber, high: isNumber })),
  pValue: number,
  adjustedPValue: number,
  confidence: isNumber,
  wins: isNumber,
  losses: isNumber,
  ties: isNumber,
  n: isNumber,
  ratios: objectOf<ReportedComparison['ratios']>({ latency: isRatio, tokens: isRatio, cost: isRatio }),
});

export const isVerdict = objectOf<Verdict>({
  outcome: oneOf(verdictOutcomes),
  winner: text,
  leader: text,
  confidence: number,
  chanceBest: number,
  survivesOneBadCase: isBoolean,
  reason: nullOr(oneOf(['too_few_cases', 'missing_data', 'inconclusive'])),
  sentence: isString,
  moreCases: objectOf({ forMinEffect: number, forCurrentEffect: number }),
});

export const isExperiment = objectOf<PanelExperiment>({
  metric: objectOf<PanelExperiment['metric']>({ name: isString, direction: oneOf(['higher', 'lower']) }),
  confidenceLevel: isNumber,
  minEffect: isNumber,
  variants: arrayOf(isVariant),
  comparisons: arrayOf(isComparison),
  verdict: isVerdict,
});

const isCell = objectOf<PanelCell>({
  score: number,
  passed: nullOr(isBoolean),
  missing: isNumber,
  failures: isNumber,
  latencyMs: number,
});

export const isColumn = objectOf<PanelColumn>({ id: isString, label: isString, detail: isString });

export const isSummary = objectOf<TestSummary>({
  passed: isNumber,
  failed: isNumber,
  errors: isNumber,
  passRate: number,
});

export const isPanelReport = objectOf<PanelReport>({
  title: isString,
  startedAt: text,
  finishedAt: text,
  stateWords: text,
  resumable: isBoolean,
  columns: arrayOf(isColumn),
  experiment: nullOr(isExperiment),
  summary: nullOr(isSummary),
  latenciesMs: arrayOf(arrayOf(isNumber)),
  failures: arrayOf(
    objectOf<PanelFailures>({
      code: oneOf(failureCodes),
      message: isString,
      hint: isString,
      count: isNumber,
    }),
  ),
  failureCount: isNumber,
  rows: arrayOf(objectOf<PanelRow>({ id: isString, label: isString, cells: arrayOf(isCell) })),
});

export const isEvaluation = objectOf<ReportedEvaluation>({
  name: isString,
  score: number,
  passed: nullOr(isBoolean),
  reason: text,
});

const isResult = objectOf<DetailResult>({
  output: isString,
  outputLength: isNumber,
  score: number,
  passed: nullOr(isBoolean),
  evaluations: arrayOf(isEvaluation),
  failure: nullOr(isFailure),
  totalMs: isNumber,
  firstTextMs: number,
  inputTokens: number,
  outputTokens: number,
  costUsd: number,
  cached: isBoolean,
});

export const isCaseDetail = objectOf<CaseDetail>({
  caseId: isString,
  vars: arrayOf(objectOf({ name: isString, value: isString })),
  expected: text,
  results: arrayOf(arrayOf(isResult)),
});
