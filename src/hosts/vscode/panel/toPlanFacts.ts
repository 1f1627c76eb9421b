import type { ExperimentPlan } from '../../../core/domain/experimentPlan.ts';
import type { PanelPlanFacts } from '../../../protocol/panelPlan.ts';
import type { PanelColumn } from '../../../protocol/panelReport.ts';
import { shownModel } from '../shownModel.ts';

/** What a planned A/B test will do, as the panel shows it. */
export function toPlanFacts(plan: ExperimentPlan, notices: readonly string[]): PanelPlanFacts {
  const { calls, judgeCalls, inputTokens, outputTokens, costUsd, minutes } = plan.estimate;
  return {
    variants: variantColumns(plan),
    cases: plan.cases.length,
    repetitions: plan.repetitions,
    metric: plan.metric.name,
    confidenceLevel: plan.confidenceLevel,
    minEffect: plan.minEffect,
    stopEarly: plan.stopEarly,
    estimate: { calls, judgeCalls, inputTokens, outputTokens, costUsd, minutes },
    notices,
  };
}

export function variantColumns(plan: ExperimentPlan): readonly PanelColumn[] {
  return plan.variants.map(({ id, label, prompt, ref, route }) => ({
    id,
    label,
    detail: [ref === null ? prompt : `${prompt} at ${ref}`, route.backend, shownModel(route.model)].join(
      ' · ',
    ),
  }));
}
