import type { JsonValue } from '../domain/json.ts';
import type { RunEvent } from '../domain/runEvent.ts';
import { journalEvents } from '../engine/journalEvents.ts';
import type { RunJournal } from '../ports/runStore.ts';
import type { World } from './pipeline.ts';

/** The same events, each written to the run store before it is passed on; the folder's name becomes the run's id. */
export async function* recordRun(
  world: World,
  path: string,
  plan: JsonValue,
  events: AsyncIterable<RunEvent>,
): AsyncGenerator<RunEvent> {
  const onError = (error: unknown): void => world.log.error('A run cannot be written to disk.', error);
  const iterator = events[Symbol.asyncIterator]();
  try {
    const first = await iterator.next();
    if (first.done === true) return;
    let started = first.value;
    const journal = await openJournal(world, path, plan, started).catch((error: unknown) => {
      onError(error);
      return null;
    });
    if (started.type === 'run-started' && journal !== null) started = { ...started, runId: journal.runId };
    const rest = { [Symbol.asyncIterator]: () => iterator };
    const all = startingWith(started, rest);
    yield* journal === null ? all : journalEvents(all, journal, onError);
  } finally {
    await iterator.return?.();
  }
}

async function openJournal(
  world: World,
  path: string,
  plan: JsonValue,
  started: RunEvent,
): Promise<RunJournal | null> {
  const store = world.runsFor?.(path) ?? null;
  if (store === null || started.type !== 'run-started') return null;
  return store.create(started.runId, { schemaVersion: 1, path, plan });
}

async function* startingWith(first: RunEvent, rest: AsyncIterable<RunEvent>): AsyncGenerator<RunEvent> {
  yield first;
  yield* rest;
}
