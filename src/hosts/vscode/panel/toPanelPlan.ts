import type { ExperimentPlan, ExperimentPlanned } from '../../../core/domain/experimentPlan.ts';
import type { FileDiagnostic } from '../../../core/domain/runPlan.ts';
import type { PanelPlan, PanelPlanFacts } from '../../../protocol/panelPlan.ts';
import type { PanelColumn } from '../../../protocol/panelReport.ts';

export interface PlanSource {
  readonly title: string;
  /** Relative to the workspace. */
  readonly file: string;
  readonly relative: (path: string) => string;
}

/** A planned A/B test, or why it cannot start, as the panel shows it. */
export function toPanelPlan(planned: ExperimentPlanned, { title, file, relative }: PlanSource): PanelPlan {
  const problemsOf = (diagnostics: readonly FileDiagnostic[]): PanelPlan['problems'] =>
    diagnostics.map(({ path, range, message }) => ({
      place: `${relative(path)}:${range.start.line + 1}:${range.start.column + 1}`,
      message,
    }));
  switch (planned.status) {
    case 'ready': {
      const { plan, warnings, notices } = planned;
      return { title: plan.name, file, facts: toFacts(plan, notices), problems: problemsOf(warnings) };
    }
    case 'invalid':
      return { title, file, facts: null, problems: problemsOf(planned.diagnostics) };
    case 'failed': {
      const { message, hint } = planned.failure;
      return { title, file, facts: null, problems: [{ place: '', message: `${message} ${hint}` }] };
    }
  }
}

function toFacts(plan: ExperimentPlan, notices: readonly string[]): PanelPlanFacts {
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
    detail: [ref === null ? prompt : `${prompt} at ${ref}`, route.backend, route.model].join(' · '),
  }));
}
