import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../../../src/core/domain/json.ts';
import type { RunEvent } from '../../../../src/core/domain/runEvent.ts';
import { applyRunEvent } from '../../../../src/core/domain/runRecord.ts';
import type { PlannedCall } from '../../../../src/core/domain/runPlan.ts';
import { createPipeline } from '../../../../src/core/pipeline/createPipeline.ts';
import type { CellsRun, World } from '../../../../src/core/pipeline/pipeline.ts';
import { collect, engineWorld, scriptedCall } from '../../../support/engineWorld.ts';

const never = new AbortController().signal;
const world = (): World => engineWorld({ settings: { concurrency: 64, retries: 0 } });

const runOf = (cells: CellsRun['cells'], concurrency: number): CellsRun => ({
  kind: 'test',
  name: 'many',
  path: '/w/a.prompt.yaml',
  cells,
  plannedCells: null,
  concurrency,
});

const execute = (cells: CellsRun['cells'], concurrency: number, signal = never): AsyncIterable<RunEvent> =>
  createPipeline(world()).executeCells(runOf(cells, concurrency), signal);

const cell = (index: number, script: JsonValue = { reply: `answer ${index}` }): PlannedCall =>
  scriptedCall(script, `cell-${index}`);

describe('many calls', () => {
  test('every cell once, in the order of the plan; no more in flight than allowed', async () => {
    const cases = fc.array(fc.record({ delay: fc.nat(4), fails: fc.boolean() }), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(cases, fc.integer({ min: 1, max: 8 }), async (specs, concurrency) => {
        const cells = specs.map(({ delay, fails }, index) =>
          cell(index, { reply: `answer ${index}`, firstDelayMs: delay, ...(fails && { fail: 'rejected' }) }),
        );
        let inFlight = 0;
        let most = 0;
        const events = await collect(execute(cells, concurrency));
        for (const event of events) {
          if (event.type === 'cell-started') most = Math.max(most, ++inFlight);
          if (event.type === 'cell-finished') inFlight--;
        }
        expect(most).toBeLessThanOrEqual(concurrency);
        const started = events.filter((event) => event.type === 'cell-started');
        expect(started.map(({ cellId }) => cellId)).toEqual(cells.map(({ cellId }) => cellId));
        const finished = events.filter((event) => event.type === 'cell-finished');
        expect(finished).toHaveLength(cells.length);
        const successOf = new Map(finished.map(({ cellId, result }) => [cellId, result.failure === null]));
        expect(cells.map(({ cellId }) => successOf.get(cellId))).toEqual(specs.map(({ fails }) => !fails));
        expect(events.at(-1)).toMatchObject({ type: 'run-finished', state: 'finished' });
        const record = events.reduce(applyRunEvent, null);
        expect(record?.cells.map(({ result }) => result)).not.toContain(null);
      }),
      { numRuns: 30 },
    );
  });

  test('cancelled at any moment it ends quickly, with every started cell finished', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(60), fc.integer({ min: 1, max: 6 }), async (stopAfter, concurrency) => {
        const user = new AbortController();
        const cells = Array.from({ length: 20 }, (_, index) =>
          cell(index, { reply: 'a b c', chunkDelayMs: index % 3 === 0 ? 10_000 : 1 }),
        );
        const events: RunEvent[] = [];
        const timer = setTimeout(() => user.abort(), 30);
        for await (const event of execute(cells, concurrency, user.signal)) {
          events.push(event);
          if (events.length > stopAfter) user.abort();
        }
        clearTimeout(timer);
        const count = (type: RunEvent['type']): number =>
          events.filter((event) => event.type === type).length;
        expect(count('cell-finished')).toBe(count('cell-started'));
        expect(events.at(-1)).toMatchObject({ type: 'run-finished', state: 'cancelled' });
      }),
      { numRuns: 20 },
    );
  });

  test('a wrong key stops the run instead of failing every cell', async () => {
    const cells = Array.from({ length: 500 }, (_, index) =>
      cell(index, index === 3 ? { fail: 'unauthorized' } : { reply: 'ok', firstDelayMs: 5 }),
    );
    const record = (await collect(execute(cells, 4))).reduce(applyRunEvent, null);
    expect(record?.state).toBe('failed');
    expect(record?.cells.length).toBeLessThan(12);
    expect(record?.notices[0]).toContain('The run was stopped');
    const others = record?.cells.filter(({ result }) => result?.failure?.code === 'cancelled') ?? [];
    for (const { result } of others) expect(result?.failure?.message).toContain('The run was stopped');
  });

  test('cells are taken as there is room, and the source is closed', async () => {
    let taken = 0;
    let closed = false;
    async function* endless(): AsyncGenerator<PlannedCall> {
      try {
        while (true) {
          await Promise.resolve();
          yield cell(taken++);
        }
      } finally {
        closed = true;
      }
    }
    let seen = 0;
    for await (const event of execute(endless(), 4)) {
      if (event.type === 'cell-finished' && ++seen === 50) break;
    }
    expect(closed).toBe(true);
    expect(taken).toBeLessThan(200);
  });

  test('a slow reader holds the calls back', async () => {
    let taken = 0;
    function* cells(): Generator<PlannedCall> {
      for (; taken < 5_000; taken++) yield cell(taken);
    }
    const events = execute(cells(), 4)[Symbol.asyncIterator]();
    await events.next();
    await events.next();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(taken).toBeLessThan(200);
    await events.return?.();
  });

  test('what reading the cells throws comes out', async () => {
    function* broken(): Generator<PlannedCall> {
      yield cell(0);
      throw new Error('row 2 is broken');
    }
    await expect(collect(execute(broken(), 2))).rejects.toThrow('row 2 is broken');
  });

  test('one signal serves any number of calls without piling up listeners', async () => {
    const warnings: string[] = [];
    const onWarning = (warning: Error): void => void warnings.push(warning.name);
    process.on('warning', onWarning);
    const user = new AbortController();
    await collect(
      execute(
        Array.from({ length: 200 }, (_, index) => cell(index)),
        40,
        user.signal,
      ),
    );
    await new Promise((resolve) => setTimeout(resolve, 10));
    process.off('warning', onWarning);
    expect(warnings).toEqual([]);
  });
});
