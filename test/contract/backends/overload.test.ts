import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RunEvent } from '../../../src/core/domain/runEvent.ts';
import type { PlannedCall } from '../../../src/core/domain/runPlan.ts';
import { createPipeline } from '../../../src/core/pipeline/createPipeline.ts';
import { engineWorld } from '../../support/engineWorld.ts';
import { startFaultServer, type FaultServer } from '../../support/faultServer/startFaultServer.ts';
import { requestFor, subjects, type Subject } from './subject.ts';

// Many calls against a server that serves fewer at once than it is asked for, with the real clients.

const asked = 8;
const served = 2;
let server: FaultServer;
beforeAll(async () => {
  server = await startFaultServer({ latencyMs: 20 });
});
afterAll(() => server.close());

function cellsOf(subject: Subject, count: number): PlannedCall[] {
  return Array.from({ length: count }, (_, index) => ({
    cellId: `cell-${index + 1}`,
    route: { backend: subject.name, model: subject.model, reason: 'test' },
    request: requestFor(subject),
    notApplied: [],
  }));
}

/** Calls at the server at the same time, of those whose answer was `ok` or not. */
function mostAtOnce(from: number): number {
  const calls = server.calls().slice(from);
  return Math.max(
    ...calls.map(
      ({ receivedAtMs: at }) =>
        calls.filter(({ receivedAtMs, closedAtMs }) => receivedAtMs <= at && (closedAtMs ?? Infinity) > at)
          .length,
    ),
  );
}

it.each(subjects)('$name: what the server refuses is asked again, fewer at a time', async (subject) => {
  const backend = subject.create(server);
  const settings = { retries: 3, retryDelaySeconds: 0.05, timeoutSeconds: 20, concurrency: asked };
  const pipeline = createPipeline(engineWorld({ settings, backends: [backend] }));
  const run = async (count: number): Promise<RunEvent[]> => {
    const cells = cellsOf(subject, count);
    const events: RunEvent[] = [];
    const plan = {
      kind: 'test' as const,
      name: 'load',
      path: 'load.prompt.yaml',
      cells,
      plannedCells: count,
    };
    for await (const event of pipeline.executeCells(plan, new AbortController().signal)) events.push(event);
    return events;
  };
  const failuresOf = (events: readonly RunEvent[]): unknown[] =>
    events.flatMap((event) =>
      event.type === 'cell-finished' && event.result.failure !== null ? [event.result.failure] : [],
    );

  server.setCapacity(served);
  const overloaded = await run(60);
  expect(failuresOf(overloaded)).toEqual([]);
  const refused = overloaded.filter(({ type }) => type === 'attempt-failed').length;
  expect(refused).toBeGreaterThan(0);
  // Who does not learn is refused most of the time: six of eight calls, again and again.
  expect(refused).toBeLessThan(60);

  server.setCapacity(Infinity);
  await run(60);
  const before = server.calls().length;
  expect(failuresOf(await run(40))).toEqual([]);
  expect(mostAtOnce(before)).toBe(asked);
});
