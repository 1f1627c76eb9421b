import type { RunEvent, RunState } from '../domain/runEvent.ts';
import { executeCells } from '../engine/executeCells.ts';
import type { CallExecutor } from './callExecutor.ts';
import type { CellsRun, World } from './pipeline.ts';
import { runIdOf } from './runIdOf.ts';

/** More workers than any backend takes would only wait at its limiter. */
const workersWithoutLimit = 16;

/** A run of many calls, from `run-started` to `run-finished`. */
export async function* executeCellsRun(
  world: World,
  executor: CallExecutor,
  run: CellsRun,
  signal: AbortSignal,
): AsyncGenerator<RunEvent> {
  const { kind, name, plannedCells } = run;
  const startedAt = world.clock.timestamp();
  yield { type: 'run-started', runId: runIdOf(startedAt, name), kind, name, startedAt, plannedCells };
  const fromSettings = world.settings(run.path).concurrency;
  const concurrency = run.concurrency ?? (fromSettings > 0 ? fromSettings : workersWithoutLimit);
  const stops: string[] = [];
  yield* executeCells(
    run.cells,
    {
      concurrency,
      run: (call, cellSignal) => executor.run(call, cellSignal),
      onStop: ({ message }) => void stops.push(message),
    },
    signal,
  );
  const [stopped] = stops;
  if (stopped !== undefined) {
    const message = `The run was stopped, because every further call would fail the same way: ${stopped}`;
    yield { type: 'notice-raised', cellId: null, message };
  }
  const state: RunState = signal.aborted ? 'cancelled' : stopped !== undefined ? 'failed' : 'finished';
  yield { type: 'run-finished', state, finishedAt: world.clock.timestamp() };
}
