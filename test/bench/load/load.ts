// One measurement in a process of its own: `node load.cjs <task> <client> <url> <count>` prints one JSON line.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createWorkspaceStores } from '../../../src/adapters/node/workspaceStores.ts';
import type { RunEvent } from '../../../src/core/domain/runEvent.ts';
import type { PlannedCall } from '../../../src/core/domain/runPlan.ts';
import { createPipeline } from '../../../src/core/pipeline/createPipeline.ts';
import type { ExecuteOptions, Pipeline } from '../../../src/core/pipeline/pipeline.ts';
import { defaultSettings } from '../../../src/core/ports/settings.ts';
import { engineWorld, silentLog } from '../../support/engineWorld.ts';
import { createBackend, createBare, type AskBare, type ClientName } from './clients.ts';

const never = new AbortController().signal;
const concurrency = 8;
const [task = '', name = '', url = '', countText = ''] = process.argv.slice(2);
const client = name as ClientName;
const count = Number(countText);

function* calls(many: number): Generator<PlannedCall> {
  for (let index = 0; index < many; index++) {
    yield {
      cellId: `cell-${index}`,
      route: { backend: client, model: 'bench', reason: 'bench' },
      request: {
        model: 'bench',
        messages: [{ role: 'user', content: `Say hello. ${index}` }],
        parameters: { maxTokens: 100 },
        responseFormat: { type: 'text' },
        variables: {},
      },
      notApplied: [],
    };
  }
}

interface Spent {
  readonly wallMs: number;
  readonly cpuMs: number;
}

async function measure(work: () => Promise<void>): Promise<Spent> {
  const cpu = process.cpuUsage();
  const began = performance.now();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { wallMs: performance.now() - began, cpuMs: (user + system) / 1000 };
}

async function bareLoop(ask: AskBare, many: number): Promise<void> {
  const next = calls(many);
  const work = async (): Promise<void> => {
    for (const { request } of next) {
      const text = await ask(request.messages[0]?.content ?? '');
      if (!(Number(text) > 0)) throw new Error(`The bare client got "${text}".`);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
}

async function engineLoop(
  pipeline: Pipeline,
  many: number,
  options: ExecuteOptions = { cache: 'off' },
  onEvent?: (event: RunEvent) => void,
  atOnce = concurrency,
): Promise<void> {
  let succeeded = 0;
  const run = { kind: 'test' as const, name: 'bench', path: 'a', cells: calls(many), plannedCells: many };
  for await (const event of pipeline.executeCells({ ...run, concurrency: atOnce }, never, options)) {
    onEvent?.(event);
    if (event.type === 'cell-finished' && Number(event.result.output) > 0) succeeded++;
  }
  if (succeeded !== many) throw new Error(`${many - succeeded} of ${many} calls failed.`);
}

/** Engine and bare client take turns, so that both meet the same machine. */
const warmUp = 1_000;

async function bare(): Promise<Spent> {
  const ask = createBare(client, url);
  await bareLoop(ask, Math.min(count, warmUp));
  return measure(() => bareLoop(ask, count));
}

async function engine(pipeline: Pipeline): Promise<Spent> {
  await engineLoop(pipeline, Math.min(count, warmUp));
  return measure(() => engineLoop(pipeline, count));
}

async function firstText(pipeline: Pipeline): Promise<{ passedOnMs: number[] }> {
  const passedOnMs: number[] = [];
  const note = (event: RunEvent): void => {
    if (event.type === 'text-delta')
      passedOnMs.push(performance.timeOrigin + performance.now() - Number(event.text));
  };
  await engineLoop(pipeline, 100, { cache: 'off' }, undefined, 1);
  await engineLoop(pipeline, count, { cache: 'off' }, note, 1);
  return { passedOnMs };
}

async function cacheHits(pipeline: Pipeline): Promise<Spent> {
  await engineLoop(pipeline, count, { cache: 'use' });
  return measure(() => engineLoop(pipeline, count, { cache: 'use' }));
}

async function peakMemory(pipeline: Pipeline): Promise<{ peakBytes: number; startBytes: number }> {
  const startBytes = process.memoryUsage.rss();
  await engineLoop(pipeline, count, { cache: 'off', record: true });
  return { peakBytes: process.resourceUsage().maxRSS * 1024, startBytes };
}

const tasks: Readonly<Record<string, (pipeline: Pipeline) => Promise<object>>> = {
  bare,
  engine,
  firstText,
  cacheHits,
  peakMemory,
};

async function main(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'promptly-bench-'));
  const settings = { ...defaultSettings, concurrency };
  const stores = createWorkspaceStores({
    settings: () => settings,
    workspaceFolderOf: () => folder,
    log: silentLog,
  });
  const world = engineWorld({ backends: [createBackend(client, url)], settings: { concurrency } });
  try {
    const work = tasks[task];
    if (work === undefined) throw new Error(`No task ${task}.`);
    process.stdout.write(`${JSON.stringify(await work(createPipeline({ ...world, ...stores })))}\n`);
  } finally {
    await rm(folder, { recursive: true });
  }
}

void main();
