import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Ollama } from 'ollama';
import { createOllamaBackend } from '../../src/adapters/backends/ollama/ollamaBackend.ts';
import { createWorkspaceStores } from '../../src/adapters/node/workspaceStores.ts';
import type { RunEvent } from '../../src/core/domain/runEvent.ts';
import type { PlannedCall } from '../../src/core/domain/runPlan.ts';
import { createPipeline } from '../../src/core/pipeline/createPipeline.ts';
import type { ExecuteOptions, World } from '../../src/core/pipeline/pipeline.ts';
import { defaultSettings } from '../../src/core/ports/settings.ts';
import { engineWorld, silentLog } from '../support/engineWorld.ts';

const never = new AbortController().signal;
const model = 'bench';
const concurrency = 8;

/** Speaks the chat part of Ollama's protocol: one piece of text after `delayMs`, then the end. */
async function startServer(): Promise<{
  url: string;
  setDelay: (ms: number) => void;
  server: Server;
  sentMs: number[];
}> {
  let delayMs = 0;
  const sentMs: number[] = [];
  const piece = JSON.stringify({ model, message: { role: 'assistant', content: 'Hello.' }, done: false });
  const end = JSON.stringify({
    model,
    message: { role: 'assistant', content: '' },
    done: true,
    done_reason: 'stop',
    prompt_eval_count: 5,
    eval_count: 2,
  });
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      const answer = (): void => {
        response.writeHead(200, { 'content-type': 'application/x-ndjson' });
        sentMs.push(performance.now());
        response.end(`${piece}\n${end}\n`);
      };
      if (request.url !== '/api/chat')
        response.writeHead(200, { 'content-type': 'application/json' }).end('{"models":[]}');
      else if (delayMs === 0) answer();
      else setTimeout(answer, delayMs);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, server, sentMs, setDelay: (ms) => void (delayMs = ms) };
}

function* calls(count: number, text = 'Say hello.'): Generator<PlannedCall> {
  for (let index = 0; index < count; index++) {
    yield {
      cellId: `cell-${index}`,
      route: { backend: 'ollama', model, reason: 'bench' },
      request: {
        model,
        messages: [{ role: 'user', content: `${text} ${index}` }],
        parameters: { maxTokens: 100 },
        responseFormat: { type: 'text' },
        variables: {},
      },
      notApplied: [],
    };
  }
}

/** What one would write without the product: the client's own stream, so many at once. */
async function rawLoop(url: string, count: number): Promise<number> {
  const client = new Ollama({ host: url });
  const next = calls(count);
  const started = performance.now();
  const work = async (): Promise<void> => {
    for (const { request } of next) {
      const messages = request.messages.map((message) => ({ ...message }));
      let output = '';
      for await (const chunk of await client.chat({ model, messages, stream: true }))
        output += chunk.message.content;
      if (output !== 'Hello.') throw new Error(`The raw loop got ${output}`);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return performance.now() - started;
}

async function engineLoop(
  world: World,
  count: number,
  options: ExecuteOptions = { cache: 'off' },
  onEvent: (event: RunEvent) => void = () => undefined,
): Promise<number> {
  const started = performance.now();
  let succeeded = 0;
  const run = {
    kind: 'test' as const,
    name: 'bench',
    path: 'a',
    cells: calls(count),
    plannedCells: count,
    concurrency,
  };
  for await (const event of createPipeline(world).executeCells(run, never, options)) {
    onEvent(event);
    if (event.type === 'cell-finished' && event.result.output === 'Hello.') succeeded++;
  }
  if (succeeded !== count) throw new Error(`${count - succeeded} of ${count} calls failed.`);
  return performance.now() - started;
}

/** Best of three: the machine's other work only ever adds. */
async function best(run: () => Promise<number>): Promise<number> {
  let least = Infinity;
  for (let turn = 0; turn < 3; turn++) least = Math.min(least, await run());
  return least;
}

const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;

/** Overhead of the engine over a loopback server, as ratios to the bare client in the same process. */
export async function bench(): Promise<Record<string, number | string>> {
  const { url, setDelay, server, sentMs } = await startServer();
  const folder = await mkdtemp(path.join(tmpdir(), 'promptly-bench-'));
  const backend = createOllamaBackend({ baseUrl: url, defaultModel: model });
  const settings = { ...defaultSettings, concurrency };
  const stores = createWorkspaceStores({
    settings: () => settings,
    workspaceFolderOf: () => folder,
    log: silentLog,
  });
  const world: World = { ...engineWorld({ backends: [backend], settings: { concurrency } }), ...stores };
  try {
    await rawLoop(url, 500);
    await engineLoop(world, 500);
    const raw = await best(() => rawLoop(url, 2_000));
    const engine = await best(() => engineLoop(world, 2_000));

    sentMs.length = 0;
    const passedOnMs: number[] = [];
    const run = { ...world, settings: () => ({ ...settings, concurrency: 1 }) };
    await engineLoop(run, 300, { cache: 'off' }, (event) => {
      if (event.type === 'text-delta') passedOnMs.push(performance.now() - (sentMs.at(-1) ?? 0));
    });

    setDelay(50);
    const slow = await best(() => engineLoop(world, 1_000));
    const rawSlow = await rawLoop(url, 1_000);
    const ideal = (1_000 * 50) / concurrency;

    setDelay(0);
    await engineLoop(world, 3_000, { cache: 'use' });
    const hits = await best(() => engineLoop(world, 3_000, { cache: 'use' }));

    let peak = 0;
    await engineLoop(world, 10_000, { cache: 'off', record: true }, () => {
      peak = Math.max(peak, process.memoryUsage.rss());
    });
    return {
      'throughput at 0 ms, of the bare client (≥ 0.7)': (raw / engine).toFixed(2),
      'calls/s at 0 ms, engine and bare client': `${Math.round(2_000_000 / engine)} and ${Math.round(2_000_000 / raw)}`,
      '1,000 × 50 ms at 8, of the ideal (≤ 1.03)': (slow / ideal).toFixed(3),
      'the same, of the bare client': (slow / rawSlow).toFixed(3),
      'text passed on after the server sent it, ms, median and p95 (≤ 2)': `${percentile(passedOnMs, 0.5).toFixed(2)} and ${percentile(passedOnMs, 0.95).toFixed(2)}`,
      'cache hits/s (≥ 3,000)': Math.round(3_000_000 / hits),
      'peak memory of 10,000 recorded cases, MB, server included (≤ 200)': Math.round(peak / 1e6),
    };
  } finally {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true });
  }
}
