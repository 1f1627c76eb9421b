import type { ExperimentPlan } from '../../domain/experimentPlan.ts';

/** Are the outputs of this case compared with each other, so that none has a score before all are there? */
export function isPairwise({ suites, cases }: ExperimentPlan, caseIndex: number): boolean {
  const suite = suites[cases[caseIndex]?.suite ?? -1];
  return (suite?.evaluators ?? []).some(
    (spec) => spec.type === 'uses' && spec.uses === 'promptly/pairwise-judge',
  );
}
