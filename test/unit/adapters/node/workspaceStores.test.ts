import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DiskResponseCache } from '../../../../src/adapters/node/diskResponseCache.ts';
import { createDiskRunStore } from '../../../../src/adapters/node/diskRunStore.ts';
import { createWorkspaceStores } from '../../../../src/adapters/node/workspaceStores.ts';
import type { RunEvent } from '../../../../src/core/domain/runEvent.ts';
import { applyRunEvent } from '../../../../src/core/domain/runRecord.ts';
import { createPipeline } from '../../../../src/core/pipeline/createPipeline.ts';
import type { ExecuteOptions, World } from '../../../../src/core/pipeline/pipeline.ts';
import type { RecordedResponse, ResponseKey } from '../../../../src/core/ports/responseCache.ts';
import { defaultSettings } from '../../../../src/core/ports/settings.ts';
import { collect, engineWorld, scriptedCall, silentLog } from '../../../support/engineWorld.ts';

const never = new AbortController().signal;
let folder = '';
beforeEach(async () => void (folder = await mkdtemp(path.join(tmpdir(), 'promptly-stores-'))));
afterEach(() => rm(folder, { recursive: true }));

const keyOf = (number: number): ResponseKey => ({
  backend: 'scripted',
  address: '',
  model: 'm',
  messages: [{ role: 'user', content: `question ${number}` }],
  parameters: { temperature: 0.7, maxTokens: 10 },
  responseFormat: { type: 'text' },
  repetition: 0,
});
const response = (text: string): RecordedResponse => ({
  text,
  reasoning: '',
  finishReason: 'stop',
  rawFinishReason: 'end',
  usage: { inputTokens: 1, outputTokens: 2, cachedInputTokens: null },
  totalMs: 1_000,
  firstTextMs: 100,
});
const entryFiles = async (cache: string): Promise<string[]> => {
  const names = await readdir(cache, { recursive: true });
  return names.filter((name) => /\.(json|tmp)$/.test(name)).map((name) => path.join(cache, name));
};

describe('the response cache', () => {
  test('finds an answer by what it depends on, in any order of the keys', async () => {
    const cache = new DiskResponseCache({ folder, log: silentLog });
    await cache.write(keyOf(1), response('one'));
    expect(await cache.read({ ...keyOf(1), parameters: { maxTokens: 10, temperature: 0.7 } })).toEqual(
      response('one'),
    );
    const others: ResponseKey[] = [
      keyOf(2),
      { ...keyOf(1), repetition: 1 },
      { ...keyOf(1), address: 'http://elsewhere' },
      { ...keyOf(1), parameters: { temperature: 0.8, maxTokens: 10 } },
    ];
    for (const other of others) expect(await cache.read(other)).toBeNull();
  });

  test('a damaged entry is a miss with a warning, and is mended by the next write', async () => {
    const warnings: string[] = [];
    const cache = new DiskResponseCache({
      folder,
      log: { ...silentLog, warn: (text) => void warnings.push(text) },
    });
    await cache.write(keyOf(1), response('one'));
    const [file = ''] = await entryFiles(folder);
    await truncate(file, 30);
    expect(await cache.read(keyOf(1))).toBeNull();
    await writeFile(file, '{"schemaVersion":1,"response":{"text":5}}');
    expect(await cache.read(keyOf(1))).toBeNull();
    expect(warnings).toHaveLength(2);
    await cache.write(keyOf(1), response('again'));
    expect((await cache.read(keyOf(1)))?.text).toBe('again');
  });

  test('stays within its size and keeps what was used last', async () => {
    const cache = new DiskResponseCache({ folder, log: silentLog, maxBytes: 20_000 });
    for (let number = 0; number < 60; number++) {
      await cache.write(keyOf(number), response('x'.repeat(1_000)));
      if (number % 5 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect((await entryFiles(folder)).length).toBeLessThanOrEqual(20);
    expect(await cache.read(keyOf(59))).not.toBeNull();
    expect(await cache.read(keyOf(0))).toBeNull();
  });

  test('a folder that cannot be used is a cache that misses', async () => {
    const file = path.join(folder, 'a-file');
    await writeFile(file, '');
    const cache = new DiskResponseCache({ folder: file, log: silentLog });
    await cache.write(keyOf(1), response('one'));
    expect(await cache.read(keyOf(1))).toBeNull();
  });
});

describe('a run with stores', () => {
  const stored = (): World => {
    const stores = createWorkspaceStores({
      settings: () => defaultSettings,
      workspaceFolderOf: () => folder,
      log: silentLog,
    });
    return { ...engineWorld(), ...stores };
  };
  const cells = [1, 2, 3].map((index) =>
    scriptedCall({ reply: `answer ${index}` }, `cell-${index}`, `q${index}`),
  );
  const run = async (world: World, options: ExecuteOptions = {}): Promise<RunEvent[]> => {
    const plan = { kind: 'test' as const, name: 'My test', path: 'a', cells, plannedCells: 3 };
    return collect(createPipeline(world).executeCells(plan, never, options));
  };
  const cachedOf = (events: readonly RunEvent[]): (boolean | string)[] =>
    events.flatMap((event) =>
      event.type === 'cell-finished' ? [event.result.failure?.code ?? event.result.cached] : [],
    );

  test('the second time costs nothing, unless a new answer is asked for', async () => {
    const world = stored();
    expect(cachedOf(await run(world))).toEqual([false, false, false]);
    const again = await run(world);
    expect(cachedOf(again)).toEqual([true, true, true]);
    const results = again.reduce(applyRunEvent, null)?.cells.map(({ result }) => result);
    expect(results?.[0]).toMatchObject({ output: 'answer 1', costUsd: 0, attempts: 0, finishReason: 'stop' });
    expect(cachedOf(await run(world, { cache: 'refresh' }))).toEqual([false, false, false]);
    expect(cachedOf(await run(world, { cache: 'off' }))).toEqual([false, false, false]);
  });

  test('replay answers from records only', async () => {
    const world = stored();
    expect(cachedOf(await run(world, { cache: 'replay' }))).toEqual([
      'not-recorded',
      'not-recorded',
      'not-recorded',
    ]);
    await run(world);
    expect(cachedOf(await run(world, { cache: 'replay' }))).toEqual([true, true, true]);
  });

  test('what is shown is on disk already, and git does not see it', async () => {
    const world = stored();
    const plan = {
      kind: 'test' as const,
      name: 'My test',
      path: 'a',
      cells,
      plannedCells: 3,
      plan: { cells: 3 },
    };
    const runs = path.join(folder, '.promptly', 'runs');
    let runId = '';
    for await (const event of createPipeline(world).executeCells(plan, never, { record: true })) {
      if (event.type === 'run-started') runId = event.runId;
      if (event.type === 'text-delta') continue;
      const lines = (await readFile(path.join(runs, runId, 'events.jsonl'), 'utf8')).trim().split('\n');
      expect(lines).toContain(JSON.stringify(event));
    }
    expect(runId).toMatch(/^\d{4}-\d\d-\d\dT[\d-]+-my-test$/);
    expect(await readFile(path.join(folder, '.promptly', '.gitignore'), 'utf8')).toContain('\n*\n');
    const store = createDiskRunStore({ folder: runs });
    const read = await store.read(runId);
    expect(read).toMatchObject({ brokenLines: 0, plan: { plan: { cells: 3 } }, report: null });
    expect(read.events.reduce(applyRunEvent, null)?.state).toBe('finished');
  });
});

describe('the run store', () => {
  const started: RunEvent = { type: 'run-finished', state: 'finished', finishedAt: 'now' };

  test('two runs of one name get a folder each; a half line is left out and does not spoil what follows', async () => {
    const store = createDiskRunStore({ folder });
    const first = await store.create('run', null);
    const second = await store.create('run', null);
    expect([first.runId, second.runId]).toEqual(['run', 'run-2']);
    await first.append(started);
    await first.close();
    const file = path.join(folder, 'run', 'events.jsonl');
    await writeFile(file, `${await readFile(file, 'utf8')}{"type":"cell-fin`);
    const again = await store.reopen('run');
    await again.append(started);
    await again.writeReport({ schemaVersion: 1 });
    await again.close();
    await second.close();
    expect(await store.read('run')).toMatchObject({
      events: [started, started],
      brokenLines: 1,
      report: { schemaVersion: 1 },
    });
    expect(await store.list()).toEqual(['run-2', 'run']);
  });

  test('an outline tells a run from its edges, however much lies between', async () => {
    const store = createDiskRunStore({ folder });
    const plan = { schemaVersion: 1, path: '/w/"a".prompt.yaml', plan: { kind: 'abtest', name: 'A or B' } };
    const journal = await store.create('long', plan);
    const begun: RunEvent = {
      type: 'run-started',
      runId: 'long',
      kind: 'abtest',
      name: 'A or B',
      startedAt: 'then',
      plannedCells: 1,
    };
    const text: RunEvent = { type: 'text-delta', cellId: 'c', text: 'a "run-finished" of no meaning. ' };
    await journal.append(begun);
    expect(await store.outline('long')).toMatchObject({
      runId: 'long',
      path: '/w/"a".prompt.yaml',
      name: 'A or B',
      kind: 'abtest',
      started: { startedAt: 'then' },
      finished: null,
      report: null,
    });
    await journal.append({ ...started, state: 'cancelled' });
    for (let line = 0; line < 2_000; line++) await journal.append(text);
    // Whatever came after the end: new scores of a run that was evaluated again.
    expect((await store.outline('long')).finished).toMatchObject({ state: 'cancelled' });
    await journal.append(started);
    await journal.writeReport({ schemaVersion: 1 });
    await journal.close();
    expect(await store.outline('long')).toMatchObject({ finished: started, report: { schemaVersion: 1 } });
    expect((await store.outline('long', 5)).report).toBeNull();
    await expect(store.outline('none')).rejects.toMatchObject({ reason: 'not-found' });
  });

  test.each(['../elsewhere', '.hidden', 'a/b', 'nothing'])('%s is no run', async (runId) => {
    const store = createDiskRunStore({ folder });
    await expect(Promise.resolve().then(() => store.read(runId))).rejects.toMatchObject({
      reason: 'not-found',
    });
  });

  test('two processes that share a cache and a run folder lose nothing', async () => {
    const script = path.join(import.meta.dirname, '..', '..', '..', 'support', 'storeWriter.ts');
    const store = createDiskRunStore({ folder: path.join(folder, 'runs') });
    const tsx = path.join(
      import.meta.dirname,
      '..',
      '..',
      '..',
      '..',
      'node_modules',
      'tsx',
      'dist',
      'cli.mjs',
    );
    const writers = ['a', 'b'].map((name) =>
      promisify(execFile)(process.execPath, [tsx, script, folder, name], { timeout: 15_000 }),
    );
    await Promise.all(writers);
    for (const name of ['a', 'b']) {
      const read = await store.read(name);
      expect([read.brokenLines, read.events.length]).toEqual([0, 200]);
    }
    const cache = new DiskResponseCache({ folder: path.join(folder, 'cache'), log: silentLog });
    for (let number = 0; number < 200; number++) {
      expect((await cache.read({ ...keyOf(number), backend: 'shared' }))?.text).toMatch(/^[ab]{5000}$/);
    }
  }, 30_000);
});
