import type { Comparison } from '../../domain/comparison.ts';
import type { ExperimentPlan } from '../../domain/experimentPlan.ts';
import type { Report } from '../../domain/report.ts';
import type { RunState } from '../../domain/runEvent.ts';
import { summarizeVariant } from '../../experiments/summarizeVariant.ts';
import { buildAbReport } from '../../reporting/buildAbReport.ts';
import { buildTestReport } from '../../reporting/buildTestReport.ts';
import type { ExperimentState } from './experimentState.ts';

export function buildExperimentReport(
  plan: ExperimentPlan,
  state: ExperimentState,
  comparison: Comparison | null,
  times: { readonly startedAt: string; readonly finishedAt: string; readonly state: RunState },
): Report {
  const resultOf = state.reported.bind(state);
  if (comparison === null) return buildTestReport(plan, resultOf);
  return buildAbReport(plan, {
    ...times,
    comparison,
    resultOf,
    summarize: summarizeVariant,
    judgeCostOf: (variantIndex) => state.judgeCostOf(variantIndex),
  });
}
