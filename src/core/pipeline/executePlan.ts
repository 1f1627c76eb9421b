import type { Failure } from '../domain/failure.ts';
import type { RunEvent, RunState } from '../domain/runEvent.ts';
import type { PlannedCall, RunPlan } from '../domain/runPlan.ts';
import type { CellTools } from '../engine/executeCell.ts';
import { executeCell } from '../engine/executeCell.ts';
import { failCell } from '../engine/failCell.ts';
import type { World } from './pipeline.ts';
import type { OpenResilient } from './resilientBackends.ts';

/** Runs a plan's calls one after the other. Never throws; the last event is always `run-finished`. */
export async function* executePlan(
  world: World,
  open: OpenResilient,
  plan: RunPlan,
  signal: AbortSignal,
): AsyncGenerator<RunEvent> {
  const { kind, name } = plan;
  const startedAt = world.clock.timestamp();
  yield {
    type: 'run-started',
    runId: runIdOf(startedAt, name),
    kind,
    name,
    startedAt,
    plannedCells: plan.calls.length,
  };
  let failed = false;
  for (const call of plan.calls) {
    for await (const event of executeCall(world, open, plan.path, call, signal)) {
      failed ||= event.type === 'cell-finished' && event.result.failure !== null;
      yield event;
    }
    if (failed) break;
  }
  const state: RunState = signal.aborted ? 'cancelled' : failed ? 'failed' : 'finished';
  yield { type: 'run-finished', state, finishedAt: world.clock.timestamp() };
}

/** One call through the resilient backend of its route. Never throws. */
export async function* executeCall(
  world: World,
  open: OpenResilient,
  path: string,
  call: PlannedCall,
  signal: AbortSignal,
): AsyncGenerator<RunEvent> {
  const tools = cellTools(world);
  try {
    const backend = await open(call.route.backend, world.settings(path));
    yield* executeCell(call, backend, tools, signal);
  } catch (error) {
    yield* failCell(call, error, tools, signal);
  }
}

function cellTools(world: World): CellTools {
  return {
    clock: world.clock,
    price: () => null,
    onError: (error, failure: Failure) => {
      if (failure.code === 'internal') world.log.error('A call failed inside Promptly.', error);
      else world.log.info(`A call failed: ${failure.code}.`);
    },
  };
}

/** `2026-11-23T01-55-10-123-name`: sorts by time and is a file name everywhere. */
export function runIdOf(startedAt: string, name: string): string {
  const slug = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 60);
  return `${startedAt.replace(/Z$/, '').replaceAll(/[:.]/g, '-')}-${slug === '' ? 'run' : slug}`;
}
