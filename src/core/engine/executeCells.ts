import type { Failure, FailureCode } from '../domain/failure.ts';
import type { RunEvent } from '../domain/runEvent.ts';
import type { AbortFan } from './abortFan.ts';
import { createAbortFan } from './abortFan.ts';
import type { EventChannel } from './eventChannel.ts';
import { createEventChannel } from './eventChannel.ts';
import { RunStopped } from './runStopped.ts';

export interface CellsOptions<Cell> {
  /** Cells in flight at once, ≥ 1; the backends' own limits hold besides. */
  readonly concurrency: number;
  /** Runs one cell; never throws, ends with its `cell-finished`. */
  readonly run: (cell: Cell, signal: AbortSignal) => AsyncIterable<RunEvent>;
  /** How far a cell may be ahead of the oldest unfinished one: bounds what has to wait for it where results are taken in order. */
  readonly window?: number;
  /** Called with the failure that stopped the run: wrong key, no such model. */
  readonly onStop?: (failure: Failure) => void;
  /** Events before the first cell, and after the last: passing them on here saves a generator around all the others. */
  readonly opening?: readonly RunEvent[];
  readonly closing?: () => readonly RunEvent[];
}

/** Failures that every further cell would share: going on would fail a thousand cases for one wrong key. */
export const fatalCodes: ReadonlySet<FailureCode> = new Set([
  'key-missing',
  'unauthorized',
  'model-not-found',
  'backend-not-running',
  'untrusted',
]);

const channelCapacity = 256;

/**
 * Runs cells side by side and passes their events on as they happen. Cells are taken from `cells` only when there is
 * room, so streamed data of any length takes constant memory; a reader that is slow slows the cells down. Throws only
 * what reading `cells` throws.
 */
export async function* executeCells<Cell>(
  cells: Iterable<Cell> | AsyncIterable<Cell>,
  options: CellsOptions<Cell>,
  signal: AbortSignal,
): AsyncGenerator<RunEvent> {
  const fan = createAbortFan(signal);
  const channel = createEventChannel<RunEvent>(channelCapacity);
  const unblock = (): void => channel.unblock();
  fan.signal.addEventListener('abort', unblock, { once: true });
  for (const event of options.opening ?? []) void channel.write(event);
  const workers = startWorkers(cells, options, fan, channel);
  try {
    for (let batch = await channel.take(); batch !== null; batch = await channel.take()) {
      for (const event of batch) yield event;
    }
    yield* options.closing?.() ?? [];
  } finally {
    // A reader that leaves early takes the calls with it.
    fan.abort(new RunStopped('nobody reads its results.'));
    unblock();
    await workers;
    fan.dispose();
  }
}

async function startWorkers<Cell>(
  cells: Iterable<Cell> | AsyncIterable<Cell>,
  options: CellsOptions<Cell>,
  fan: AbortFan,
  channel: EventChannel<RunEvent>,
): Promise<void> {
  const window = createWindow(options.window ?? Math.max(256, options.concurrency * 4));
  const next = oneAtATime(cells);
  let failed: { error: unknown } | null = null;
  const work = async (signal: AbortSignal): Promise<void> => {
    while (!fan.signal.aborted) {
      const taken = await next.take();
      if (taken === null) return;
      await window.enter(taken.index);
      try {
        if (!signal.aborted) await runCell(options, taken.cell, signal, fan, channel);
      } finally {
        window.leave(taken.index);
      }
    }
  };
  const guarded = async (): Promise<void> => {
    // One for all the cells of a worker, which runs them one by one: signals are dear.
    const worker = fan.open();
    try {
      await work(worker.signal);
    } catch (error) {
      failed ??= { error };
      fan.abort(new RunStopped('its cases could not be read.'));
    } finally {
      fan.close(worker);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, options.concurrency) }, guarded));
  await next.close();
  channel.close((failed as { error: unknown } | null)?.error);
}

async function runCell<Cell>(
  options: CellsOptions<Cell>,
  cell: Cell,
  signal: AbortSignal,
  fan: AbortFan,
  channel: EventChannel<RunEvent>,
): Promise<void> {
  for await (const event of options.run(cell, signal)) {
    const room = channel.write(event);
    if (event.type === 'cell-finished') {
      const { failure } = event.result;
      if (failure !== null && fatalCodes.has(failure.code) && !fan.signal.aborted) {
        options.onStop?.(failure);
        fan.abort(new RunStopped(failure.message));
      }
    }
    if (room !== undefined) await room;
  }
}

interface Source<Cell> {
  take(): Promise<{ cell: Cell; index: number } | null>;
  close(): Promise<void>;
}

/** Cells one by one, in order, to whichever worker is free; the source is never asked twice at once. */
function oneAtATime<Cell>(cells: Iterable<Cell> | AsyncIterable<Cell>): Source<Cell> {
  const iterator = Symbol.asyncIterator in cells ? cells[Symbol.asyncIterator]() : cells[Symbol.iterator]();
  let index = 0;
  let ended = false;
  let turn: Promise<unknown> = Promise.resolve();
  const read = async (): Promise<{ cell: Cell; index: number } | null> => {
    if (ended) return null;
    const result = await iterator.next();
    if (result.done === true) {
      ended = true;
      return null;
    }
    return { cell: result.value, index: index++ };
  };
  return {
    take() {
      const mine = turn.then(read);
      turn = mine.catch(() => undefined);
      return mine;
    },
    async close() {
      if (!ended) await iterator.return?.();
      ended = true;
    },
  };
}

interface Window {
  enter(index: number): Promise<void>;
  leave(index: number): void;
}

/** Lets cell `index` in once all before `index - size` have finished. */
function createWindow(size: number): Window {
  const finished = new Set<number>();
  let oldest = 0;
  let waiting: { index: number; start: () => void }[] = [];
  return {
    async enter(index) {
      if (index < oldest + size) return;
      await new Promise<void>((start) => waiting.push({ index, start }));
    },
    leave(index) {
      finished.add(index);
      while (finished.delete(oldest)) oldest++;
      const ready = waiting.filter((entry) => entry.index < oldest + size);
      if (ready.length === 0) return;
      waiting = waiting.filter((entry) => entry.index >= oldest + size);
      for (const { start } of ready) start();
    },
  };
}
