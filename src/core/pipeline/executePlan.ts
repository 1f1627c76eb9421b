import type { RunEvent, RunState } from '../domain/runEvent.ts';
import type { PlannedCall, PlannedStep, RunPlan } from '../domain/runPlan.ts';
import type { CallExecutor } from './callExecutor.ts';
import { executeChain } from './executeChain.ts';
import type { World } from './pipeline.ts';
import { runIdOf } from './runIdOf.ts';

/** Runs a plan. Never throws; the last event is always `run-finished`. */
export async function* executePlan(
  world: World,
  executor: CallExecutor,
  plan: RunPlan,
  signal: AbortSignal,
): AsyncGenerator<RunEvent> {
  const { kind, name, chain } = plan;
  const startedAt = world.clock.timestamp();
  const runId = runIdOf(startedAt, name);
  const plannedCells = chain === undefined ? plan.calls.length : countCalls(chain.steps);
  yield { type: 'run-started', runId, kind, name, startedAt, plannedCells };
  const run = (call: PlannedCall): AsyncIterable<RunEvent> => executor.run(call, signal);
  const fail = (call: PlannedCall, error: unknown): Iterable<RunEvent> => executor.fail(call, error, signal);
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
