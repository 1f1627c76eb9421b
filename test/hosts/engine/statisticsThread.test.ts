import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openThread } from '../../../src/adapters/node/workerThread.ts';
import type * as composition from '../../../src/composition.ts';
import type * as language from '../../../src/core/pipeline/language.ts';
import type { Comparison } from '../../../src/core/domain/comparison.ts';
import type { RunEvent } from '../../../src/core/domain/runEvent.ts';
import { defaultSettings } from '../../../src/core/ports/settings.ts';
import { silentLog } from '../../support/engineWorld.ts';
import { duelFiles } from '../cli/duel.ts';
import { workspaceOf } from '../cli/runCli.ts';

const require = createRequire(import.meta.url);
const dist = (name: string): unknown => require(path.resolve('dist', `${name}.js`));
const { createEngine } = dist('engine') as typeof composition;
const { parsePromptFile } = dist('language') as typeof language;

const scripted = (name: string, reply: string): string =>
  `name: ${name}\nbackend: scripted\nmodel: script\nmodelParameters: {options: {scripted: {reply: "${reply}"}}}\n` +
  'messages: [{role: user, content: "{{text}}"}]\n';

interface Ended {
  readonly comparison: Comparison | null;
  readonly cases: number;
  readonly state: string;
}

async function runDuel(statisticsThread: boolean, more: string): Promise<Ended> {
  const cwd = await workspaceOf({
    ...duelFiles(60, more),
    'short.prompt.yaml': scripted('short', 'bad {{text}}'),
    'long.prompt.yaml': scripted('long', 'good {{text}}'),
  });
  const files = await Promise.all(
    ['ab', 'short', 'long'].map(async (name) => {
      const file = path.join(cwd, `${name}.prompt.yaml`);
      return parsePromptFile(await readFile(file, 'utf8'), file);
    }),
  );
  const engine = createEngine({
    settings: () => ({ ...defaultSettings, concurrency: 1 }),
    secrets: { readKey: () => Promise.resolve(undefined) },
    log: silentLog,
    environment: {},
    storageFolder: cwd,
    prompts: {
      find: (reference) => {
        const file = files.find(({ path: at }) => path.basename(at) === `${reference}.prompt.yaml`);
        return Promise.resolve(file === undefined ? { status: 'not-found' } : { status: 'found', file });
      },
    },
    statisticsThread,
  });
  const { experiments } = engine.pipeline;
  const [test] = files;
  if (test === undefined) throw new Error('no test');
  const never = new AbortController().signal;
  const planned = await experiments.plan({ test, workspaceFolder: cwd, overrides: { seed: 3 } }, never);
  if (planned.status !== 'ready') throw new Error(JSON.stringify(planned));
  const events: RunEvent[] = [];
  for await (const event of experiments.run(planned.plan, never, { record: false })) events.push(event);
  await engine.dispose();
  const built = events.find((event) => event.type === 'report-built');
  const finished = events.find((event) => event.type === 'run-finished');
  const last = events.findLast((event) => event.type === 'verdict-updated');
  return {
    comparison: built?.comparison ?? null,
    cases: last?.cases ?? -1,
    state: finished?.state ?? 'none',
  };
}

test.each(['', 'stopEarly: true\n'])(
  'a thread of their own changes nothing of what the statistics say %s',
  async (more) => {
    const [here, there] = [await runDuel(false, more), await runDuel(true, more)];
    expect(here.comparison?.verdict.outcome).toBe('winner');
    expect(here.comparison?.cases.planned).toBe(60);
    // The latencies are each run's own.
    const said = ({ comparison, cases, state }: Ended) => ({
      verdict: comparison?.verdict,
      cases: comparison?.cases,
      counted: cases,
      state,
    });
    expect(said(there)).toEqual(said(here));
  },
);

test('a thread that ends without an answer says so', async () => {
  const thread = openThread(path.resolve('dist', 'statistics.js'), { experiment: {}, stopEarly: false });
  await expect(thread.ask({ ended: true })).rejects.toThrow();
  await expect(thread.ask({ ended: true })).rejects.toThrow();
  thread.close();
});
