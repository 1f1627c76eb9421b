import type { Route } from '../../../core/domain/runEvent.ts';
import type { PlannedStep, RunPlan } from '../../../core/domain/runPlan.ts';

/** Every backend and model a run will call, those of a chain's steps and of the chains in it included. */
export function routesOf(plan: RunPlan): readonly Route[] {
  const ofSteps = (steps: readonly PlannedStep[]): Route[] =>
    steps.flatMap(({ target }) => (target.type === 'call' ? [target.call.route] : ofSteps(target.steps)));
  return [...plan.calls.map(({ route }) => route), ...ofSteps(plan.chain?.steps ?? [])];
}
