import type { JsonValue } from '../domain/json.ts';
import type { RunEvent } from '../domain/runEvent.ts';
import { applyRunEvent, type RunRecord } from '../domain/runRecord.ts';
import { journalEvents } from '../engine/journalEvents.ts';
import type { RunJournal } from '../ports/runStore.ts';
import type { World } from './pipeline.ts';

/** The run's `report.json`, from all its events. */
export type ReportBuilder = (record: RunRecord) => JsonValue;

/** Of a run that has no folder: told while it goes on, and with its results. */
export const neverKept = 'This run cannot be written to disk: nothing of it is kept.';

/** The same events, each written to the run store before it is passed on; the folder's name becomes the run's id. */
export async function* recordRun(
  world: World,
  path: string,
  plan: JsonValue,
  events: AsyncIterable<RunEvent>,
  buildReport: ReportBuilder | null,
): AsyncGenerator<RunEvent> {
  const onError = (error: unknown): void => world.log.error('A run cannot be written to disk.', error);
  const iterator = events[Symbol.asyncIterator]();
  try {
    const first = await iterator.next();
    if (first.done === true) return;
    let started = first.value;
    const notices: RunEvent[] = [];
    const journal = await openJournal(world, path, plan, started).catch((error: unknown) => {
      onError(error);
      notices.push({ type: 'notice-raised', cellId: null, message: neverKept });
      return null;
    });
    if (started.type === 'run-started') {
      started = journal === null ? { ...started, stored: false } : { ...started, runId: journal.runId };
    }
    const rest = { [Symbol.asyncIterator]: () => iterator };
    const all = startingWith([started, ...notices], rest);
    if (journal === null) yield* all;
    else yield* journalEvents(withReport(all, journal, buildReport, onError), journal, onError);
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

/** Writes the report when the run ends, before anybody hears that it did. */
async function* withReport(
  events: AsyncIterable<RunEvent>,
  journal: RunJournal,
  buildReport: ReportBuilder | null,
  onError: (error: unknown) => void,
): AsyncGenerator<RunEvent> {
  let record: RunRecord | null = null;
  for await (const event of events) {
    if (buildReport !== null) record = applyRunEvent(record, event);
    if (event.type === 'run-finished' && record !== null && buildReport !== null) {
      await journal.writeReport(buildReport(record)).catch(onError);
    }
    yield event;
  }
}

async function* startingWith(
  first: readonly RunEvent[],
  rest: AsyncIterable<RunEvent>,
): AsyncGenerator<RunEvent> {
  yield* first;
  yield* rest;
}
