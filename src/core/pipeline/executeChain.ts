import { BackendError } from '../domain/backendError.ts';
import type { JsonValue } from '../domain/json.ts';
import type { RunEvent } from '../domain/runEvent.ts';
import type { CallTemplate, ChainPlan, PlannedCall, PlannedStep } from '../domain/runPlan.ts';
import { renderCall } from '../planning/renderCall.ts';
import { settleValues } from '../planning/settleValues.ts';
import { outputOf, stepInputs } from '../planning/stepInputs.ts';
import type { World } from './pipeline.ts';
import { toPlannedCall } from './planCall.ts';

/** Runs and fails single calls; both end with `cell-finished`. */
export interface CallRunner {
  run(call: PlannedCall): AsyncIterable<RunEvent>;
  fail(call: PlannedCall, error: unknown): Iterable<RunEvent>;
}

/** Runs a chain's steps in their order. Returns the last output, or null when a step failed: nothing runs after it. */
export function executeChain(
  world: World,
  plan: ChainPlan,
  runner: CallRunner,
): AsyncGenerator<RunEvent, string | null> {
  return executeSteps(world, plan.steps, plan.inputs, runner);
}

async function* executeSteps(
  world: World,
  steps: readonly PlannedStep[],
  inputs: Readonly<Record<string, JsonValue>>,
  runner: CallRunner,
): AsyncGenerator<RunEvent, string | null> {
  const known: Record<string, JsonValue> = { ...inputs };
  let output = '';
  for (const [index, step] of steps.entries()) {
    const given = stepInputs(step, index === 0, { known, later: new Set() }).known;
    const { target } = step;
    const result: string | null =
      target.type === 'chain'
        ? yield* executeSteps(world, target.steps, given, runner)
        : yield* executeStep(world, step.cellId, target.call, given, runner);
    if (result === null) return null;
    output = known['previous'] = known[outputOf(step.name)] = result;
  }
  return output;
}

async function* executeStep(
  world: World,
  step: string,
  template: CallTemplate,
  given: Readonly<Record<string, JsonValue>>,
  runner: CallRunner,
): AsyncGenerator<RunEvent, string | null> {
  const place = { cellId: step, step };
  const { values, problems } = settleValues(template.file, given, template.fileTexts);
  let events: Iterable<RunEvent> | AsyncIterable<RunEvent>;
  try {
    // Only what an earlier output turned out to be can be wrong here; the rest was checked before the first call.
    const [problem] = problems;
    if (problem !== undefined) throw new BackendError('rejected', problem.message);
    events = runner.run(await toPlannedCall(world.backends, template, values, place));
  } catch (error) {
    const call = { ...place, route: template.route, request: renderCall(template, values), notApplied: [] };
    events = runner.fail(call, error);
  }
  let output: string | null = null;
  for await (const event of events) {
    if (event.type === 'cell-finished' && event.result.failure === null) output = event.result.output;
    yield event;
  }
  return output;
}
