import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { repositoryRoot } from '../support/editor/partsFolder.ts';
import { runCommandOrThrow } from '../support/process/runCommand.ts';
import type { ClientName } from './load/clients.ts';

interface Spent {
  readonly wallMs: number;
  readonly cpuMs: number;
}

const callsAtOnce = 8;
const rounds = 3;
const throughputCalls = 3_000;

/** Both programs as plain JavaScript: a loader that compiles at run time would count as the engine's memory. */
async function bundle(folder: string): Promise<void> {
  const sources = ['load', 'chatServer'].map((name) => path.join(import.meta.dirname, 'load', `${name}.ts`));
  await esbuild.build({
    absWorkingDir: repositoryRoot,
    entryPoints: sources,
    outdir: folder,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    outExtension: { '.js': '.cjs' },
    alias: { 'whatwg-fetch': './src/adapters/backends/ollama/noPolyfill.ts' },
    logLevel: 'warning',
  });
}

async function startServer(folder: string): Promise<{ url: string; stop: () => void }> {
  const server = spawn(process.execPath, [path.join(folder, 'chatServer.cjs')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    server.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
    server.once('exit', () => reject(new Error('The bench server did not start.')));
  });
  return { url, stop: () => void server.kill() };
}

const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;

/** The least of each: the machine's other work only ever adds. */
const least = (runs: readonly Spent[]): Spent => ({
  wallMs: Math.min(...runs.map(({ wallMs }) => wallMs)),
  cpuMs: Math.min(...runs.map(({ cpuMs }) => cpuMs)),
});

/**
 * Overhead of the engine over loopback against the bare official client: same client, streaming, as many at once. Server,
 * engine and bare client have a process each; engine and bare client take turns, so that both meet the same machine.
 */
export async function bench(): Promise<Record<string, number | string>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'promptly-bench-'));
  await bundle(folder);
  const server = await startServer(folder);
  const load = async <Result>(task: string, client: ClientName, count: number): Promise<Result> => {
    const args = [path.join(folder, 'load.cjs'), task, client, server.url, String(count)];
    return JSON.parse(await runCommandOrThrow(process.execPath, args)) as Result;
  };
  const compare = async (client: ClientName, count: number): Promise<{ bare: Spent; engine: Spent }> => {
    const [bare, engine]: Spent[][] = [[], []];
    for (let round = 0; round < rounds; round++) {
      bare?.push(await load('bare', client, count));
      engine?.push(await load('engine', client, count));
    }
    return { bare: least(bare ?? []), engine: least(engine ?? []) };
  };
  const numbers: Record<string, number | string> = {};
  try {
    for (const client of ['ollama', 'openai', 'claude'] as const) {
      const { bare, engine } = await compare(client, throughputCalls);
      const wall = (bare.wallMs / engine.wallMs).toFixed(2);
      const cpu = (bare.cpuMs / engine.cpuMs).toFixed(2);
      const perSecond = ({ wallMs }: Spent): number => Math.round((throughputCalls * 1000) / wallMs);
      numbers[`${client}: calls/s at 0 ms, of the bare client (≥ 0.7)`] =
        `${wall} (${cpu} by processor time; ${perSecond(engine)} and ${perSecond(bare)} calls/s)`;
    }
    const { passedOnMs } = await load<{ passedOnMs: number[] }>('firstText', 'ollama', 300);
    numbers['text passed on after the server sent it, ms, median and p95 (≤ 2)'] =
      `${percentile(passedOnMs, 0.5).toFixed(2)} and ${percentile(passedOnMs, 0.95).toFixed(2)}`;
    const hits = await load<Spent>('cacheHits', 'ollama', throughputCalls);
    numbers['cache hits/s (≥ 3,000)'] = Math.round((throughputCalls * 1000) / hits.wallMs);
    const memory = await load<{ peakBytes: number; startBytes: number }>('peakMemory', 'ollama', 10_000);
    numbers['peak memory of 10,000 recorded cases, MB, and before them (≤ 200)'] =
      `${Math.round(memory.peakBytes / 1e6)} and ${Math.round(memory.startBytes / 1e6)}`;
    await fetch(`${server.url}/delay/50`);
    const slow = await compare('ollama', 1_000);
    const ideal = (1_000 * 50) / callsAtOnce;
    numbers['1,000 × 50 ms at 8, of the ideal (≤ 1.03)'] = (slow.engine.wallMs / ideal).toFixed(3);
    numbers['the bare client, of the ideal'] = (slow.bare.wallMs / ideal).toFixed(3);
    return numbers;
  } finally {
    server.stop();
    await rm(folder, { recursive: true });
  }
}
