import type { Comparison, PairComparison } from '../domain/comparison.ts';
import { cellsOfCase } from '../domain/experimentCell.ts';
import type { ExperimentPlan } from '../domain/experimentPlan.ts';
import type {
  AbReport,
  ComparedCase,
  ReportedComparison,
  ReportedResult,
  ReportedVariant,
} from '../domain/report.ts';
import { reportSchemaVersion } from '../domain/report.ts';
import type { RunState } from '../domain/runEvent.ts';
import type { ResultOf } from './buildTestReport.ts';
import { describeCase } from './buildTestReport.ts';
import { modelWithoutFolder } from './modelWithoutFolder.ts';

export interface AbFacts {
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly state: RunState;
  readonly comparison: Comparison;
  readonly resultOf: ResultOf;
  readonly summarize: (
    results: readonly ReportedResult[],
  ) => Pick<ReportedVariant, 'failures' | 'passRate' | 'latencyMs' | 'tokens' | 'costUsd'>;
  readonly judgeCostOf: (variantIndex: number) => number | null;
}

/** What an A/B test found; numbers of a variant as `summarize` and the comparison give them. */
export function buildAbReport(plan: ExperimentPlan, facts: AbFacts): AbReport {
  const { comparison, startedAt, finishedAt, state } = facts;
  const cases = plan.cases.flatMap((item, caseIndex): ComparedCase[] => {
    const results = resultsOfCase(plan, caseIndex, facts.resultOf);
    return results === null ? [] : [{ ...describeCase(item), results }];
  });
  const { name, direction } = plan.metric;
  return {
    schemaVersion: reportSchemaVersion,
    kind: 'abtest',
    name: plan.name,
    startedAt,
    finishedAt,
    state,
    metric: { name, direction },
    confidenceLevel: plan.confidenceLevel,
    minEffect: plan.minEffect,
    variants: plan.variants.map((_, index) => describeVariant(plan, index, facts, cases)),
    comparisons: comparison.comparisons.map(describePair),
    verdict: comparison.verdict,
    cases,
  };
}

/** Without a case that both have there is nothing to say, which is not the same as a p value of 1. */
export function describePair(pair: PairComparison): ReportedComparison {
  const { a, b, difference, confidence, wins, losses, ties, n, ratios } = pair;
  const { interval, pValue, adjustedPValue, lossRateUpper } =
    n > 0 ? pair : { interval: null, pValue: null, adjustedPValue: null, lossRateUpper: null };
  return {
    ...{ a, b, difference, interval, pValue, adjustedPValue, confidence, wins, losses, ties, n, ratios },
    lossRateUpper,
  };
}

function describeVariant(
  { variants }: ExperimentPlan,
  index: number,
  { comparison, summarize, judgeCostOf }: AbFacts,
  cases: readonly ComparedCase[],
): ReportedVariant {
  const variant = variants[index];
  if (variant === undefined) throw new RangeError('no such variant');
  const { id, label, prompt, ref, route } = variant;
  const found = comparison.variants.find((one) => one.id === id);
  return {
    id,
    label,
    prompt,
    ref,
    backend: route.backend,
    model: modelWithoutFolder(route.model),
    cases: found?.cases ?? 0,
    mean: found?.mean ?? null,
    interval: found?.interval ?? null,
    ...summarize(cases.flatMap(({ results }) => results[id] ?? [])),
    judgeCostUsd: judgeCostOf(index),
  };
}

/** null when nothing of the case ran. */
function resultsOfCase(
  plan: ExperimentPlan,
  caseIndex: number,
  resultOf: ResultOf,
): Record<string, ReportedResult[]> | null {
  const byVariant = plan.variants.map((): ReportedResult[] => []);
  let ran = false;
  for (const cell of cellsOfCase(plan, caseIndex)) {
    const result = resultOf(cell);
    if (result === null) continue;
    byVariant[cell.variantIndex]?.push(result);
    ran = true;
  }
  return ran ? Object.fromEntries(plan.variants.map(({ id }, index) => [id, byVariant[index] ?? []])) : null;
}
