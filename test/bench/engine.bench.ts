import path from 'node:path';
import { runCommandOrThrow } from '../support/process/runCommand.ts';
import type { ClientName } from './load/clients.ts';
import { startChatServer } from './load/startChatServer.ts';

interface Spent {
  readonly wallMs: number;
  readonly cpuMs: number;
  /** What the server took for all calls, divided by the calls at once: nobody can be faster. */
  readonly idealMs: number;
}

const callsAtOnce = 8;
const throughputCalls = 3_000;
const slowCalls = 1_000;

const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;

/** The least of each: the machine's other work only ever adds. */
const least = (runs: readonly Spent[]): Spent => ({
  wallMs: Math.min(...runs.map(({ wallMs }) => wallMs)),
  cpuMs: Math.min(...runs.map(({ cpuMs }) => cpuMs)),
  idealMs: Math.min(...runs.map(({ idealMs }) => idealMs)),
});

/**
 * Overhead of the engine over loopback against the bare official client: same client, streaming, as many at once. Server,
 * engine and bare client have a process each; engine and bare client take turns, so that both meet the same machine.
 */
export async function bench(): Promise<Record<string, number | string>> {
  const server = await startChatServer();
  const load = async <Result>(task: string, client: ClientName, count: number): Promise<Result> => {
    const args = [path.join(server.folder, 'load.cjs'), task, client, server.url, String(count)];
    return JSON.parse(await runCommandOrThrow(process.execPath, args)) as Result;
  };
  const spend = async (task: 'bare' | 'engine', client: ClientName, count: number): Promise<Spent> => {
    await server.served();
    const spent = await load<Omit<Spent, 'idealMs'>>(task, client, count);
    const { calls, totalMs } = await server.served();
    return { ...spent, idealMs: (totalMs * count) / calls / callsAtOnce };
  };
  const compare = async (
    client: ClientName,
    count: number,
    rounds = 3,
  ): Promise<{ bare: Spent; engine: Spent }> => {
    const [bare, engine]: Spent[][] = [[], []];
    for (let round = 0; round < rounds; round++) {
      bare?.push(await spend('bare', client, count));
      engine?.push(await spend('engine', client, count));
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
    await server.setDelay(50);
    const slow = await compare('ollama', slowCalls, 2);
    const nominalMs = (slowCalls * 50) / callsAtOnce;
    const ofIdeal = ({ wallMs, idealMs }: Spent): string =>
      `${(wallMs / idealMs).toFixed(3)} (${(wallMs / nominalMs).toFixed(3)} of ${nominalMs} ms)`;
    numbers['1,000 × 50 ms at 8, of what the server took (≤ 1.03)'] = ofIdeal(slow.engine);
    numbers['the bare client, of what the server took'] = ofIdeal(slow.bare);
    return numbers;
  } finally {
    await server.stop();
  }
}
