import { costOf } from '../domain/price.ts';
import type { RunEvent, RunState } from '../domain/runEvent.ts';
import type { PlannedCall, PlannedStep, RunPlan } from '../domain/runPlan.ts';
import type { CellTools } from '../engine/executeCell.ts';
import { executeCell } from '../engine/executeCell.ts';
import { failCell } from '../engine/failCell.ts';
import { executeChain } from './executeChain.ts';
import type { World } from './pipeline.ts';
import type { OpenResilient } from './resilientBackends.ts';
import { runIdOf } from './runIdOf.ts';

/** Runs a plan. Never throws; the last event is always `run-finished`. */
export async function* executePlan(
  world: World,
  open: OpenResilient,
  plan: RunPlan,
  signal: AbortSignal,
): AsyncGenerator<RunEvent> {
  const { kind, name, chain } = plan;
  const startedAt = world.clock.timestamp();
  const runId = runIdOf(startedAt, name);
  const plannedCells = chain === undefined ? plan.calls.length : countCalls(chain.steps);
  yield { type: 'run-started', runId, kind, name, startedAt, plannedCells };
  const run = (call: PlannedCall): AsyncIterable<RunEvent> =>
    executeCall(world, open, plan.path, call, signal);
  const fail = (call: PlannedCall, error: unknown): Iterable<RunEvent> =>
    failCell(call, error, cellTools(world, plan.path), signal);
  const events =
    chain === undefined ? executeCalls(plan.calls, run) : executeChain(world, chain, { run, fail });
  let failed = false;
  for await (const event of events) {
    failed ||= event.type === 'cell-finished' && event.result.failure !== null;
    yield event;
  }
  const state: RunState = signal.aborted ? 'cancelled' : failed ? 'failed' : 'finished';
  yield { type: 'run-finished', state, finishedAt: world.clock.timestamp() };
}

async function* executeCalls(
  calls: readonly PlannedCall[],
  run: (call: PlannedCall) => AsyncIterable<RunEvent>,
): AsyncGenerator<RunEvent> {
  for (const call of calls) yield* run(call);
}

const countCalls = (steps: readonly PlannedStep[]): number =>
  steps.reduce((sum, { target }) => sum + (target.type === 'chain' ? countCalls(target.steps) : 1), 0);

/** One call through the resilient backend of its route. Never throws. */
export async function* executeCall(
  world: World,
  open: OpenResilient,
  path: string,
  call: PlannedCall,
  signal: AbortSignal,
): AsyncGenerator<RunEvent> {
  const tools = cellTools(world, path);
  let backend;
  try {
    backend = await open(call.route.backend, world.settings(path));
  } catch (error) {
    yield* failCell(call, error, tools, signal);
    return;
  }
  yield* executeCell(call, backend, tools, signal);
}

function cellTools(world: World, path: string): CellTools {
  return {
    clock: world.clock,
    price: ({ route, request }, usage) =>
      costOf(usage, route.backend, request.model, world.clock.timestamp(), world.settings(path).pricing),
    onError: (error, failure) => {
      if (failure.code === 'internal') world.log.error('A call failed inside Promptly.', error);
      else world.log.info(`A call failed: ${failure.code}.`);
    },
  };
}
