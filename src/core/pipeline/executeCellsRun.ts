import type { RunEvent, RunState } from '../domain/runEvent.ts';
import { executeCells } from '../engine/executeCells.ts';
import type { CallExecutor } from './callExecutor.ts';
import type { CellsRun, World } from './pipeline.ts';
import { runIdOf } from './runIdOf.ts';

/** More workers than any backend takes would only wait at its limiter. */
const workersWithoutLimit = 16;

/** A run of many calls, from `run-started` to `run-finished`. */
export function executeCellsRun(
  world: World,
  executor: CallExecutor,
  run: CellsRun,
  signal: AbortSignal,
): AsyncIterable<RunEvent> {
  const { kind, name, plannedCells } = run;
  const startedAt = world.clock.timestamp();
  const runId = runIdOf(startedAt, name);
  const fromSettings = world.settings(run.path).concurrency;
  const concurrency = run.concurrency ?? (fromSettings > 0 ? fromSettings : workersWithoutLimit);
  const stops: string[] = [];
  return executeCells(
    run.cells,
    {
      concurrency,
      opening: [{ type: 'run-started', runId, kind, name, startedAt, plannedCells }],
      run: (call, cellSignal) => executor.run(call, cellSignal),
      onStop: ({ message }) => void stops.push(message),
      closing: () => closingEvents(world, stops[0], signal),
    },
    signal,
  );
}

function closingEvents(world: World, stopped: string | undefined, signal: AbortSignal): readonly RunEvent[] {
  const state: RunState = signal.aborted ? 'cancelled' : stopped !== undefined ? 'failed' : 'finished';
  const finished: RunEvent = { type: 'run-finished', state, finishedAt: world.clock.timestamp() };
  if (stopped === undefined) return [finished];
  const message = `The run was stopped, because every further call would fail the same way: ${stopped}`;
  return [{ type: 'notice-raised', cellId: null, message }, finished];
}
