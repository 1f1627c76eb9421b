import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { mulberry32 } from '../../../src/core/statistics/seededOrder.ts';
import type { FaultServer } from '../../support/faultServer/startFaultServer.ts';
import { abReportOf, at, duelFiles, duelServer, longIsGood } from './duel.ts';
import { runCli, workspaceOf } from './runCli.ts';

/** How many calls the journals of the workspace have the end of. */
async function finishedCalls(cwd: string): Promise<number> {
  const folder = path.join(cwd, '.promptly', 'runs');
  const [run] = await readdir(folder).catch(() => []);
  if (run === undefined) return 0;
  const journal = await readFile(path.join(folder, run, 'events.jsonl'), 'utf8').catch(() => '');
  // A line that was cut off is no call that ended.
  return journal.split('\n').filter((line) => line.includes('"cell-finished"') && line.endsWith('}')).length;
}

/** Starts the command line and kills it without warning, so many milliseconds after so many calls. */
async function killDuring(
  args: readonly string[],
  cwd: string,
  backend: FaultServer,
  when: { readonly calls: number; readonly thenMs: number },
): Promise<void> {
  const before = backend.calls().length;
  const child = spawn(process.execPath, [path.resolve('dist/cli.js'), ...args], {
    cwd,
    env: { ...process.env, ...at(backend) },
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  while (backend.calls().length - before < when.calls && child.exitCode === null) await pause(1);
  await pause(when.thenMs);
  child.kill('SIGKILL');
  await ended;
  while (backend.openCalls() > 0) await pause(5);
}

describe('kill -9, again and again', () => {
  const seeds = [1, 2, 3];
  test.each(seeds)(
    'three times in one run, at random moments (seed %i): nothing lost, no finished call made again',
    async (seed) => {
      const random = mulberry32(seed);
      const backend = await duelServer(10);
      backend.setAnswer(longIsGood);
      const cwd = await workspaceOf(duelFiles(60));
      const args = ['ab', 'duel', '--json', '--no-cache', '--concurrency', '4', '--seed', '3'];
      for (let kill = 0; kill < 3; kill += 1) {
        const resume = (await readdir(path.join(cwd, '.promptly', 'runs')).catch(() => [])).length > 0;
        const when = { calls: 1 + Math.floor(random() * 30), thenMs: Math.floor(random() * 25) };
        const known = await finishedCalls(cwd);
        const before = backend.calls().length;
        await killDuring(resume ? [...args, '--resume'] : args, cwd, backend, when);
        // At most the calls in flight are lost.
        const made = backend.calls().length - before;
        expect((await finishedCalls(cwd)) - known).toBeGreaterThanOrEqual(made - 8);
      }
      const known = await finishedCalls(cwd);
      const before = backend.calls().length;
      const last = await runCli([...args, '--resume'], { cwd, environment: at(backend) });
      expect(last.code).toBe(0);
      expect(backend.calls().length - before).toBe(120 - known);
      const report = abReportOf(last.stdout);
      expect(report.cases).toHaveLength(60);
      expect(report.verdict).toMatchObject({ outcome: 'winner', winner: 'long' });
      expect(report.comparisons[0]).toMatchObject({ n: 60, wins: 60 });
    },
    120_000,
  );
});

describe('Ctrl-C', () => {
  test('names no run to go on with where none is stored', async () => {
    const backend = await duelServer(20);
    backend.setAnswer(longIsGood);
    const cwd = await workspaceOf({ ...duelFiles(40), '.promptly': '' });
    const args = ['ab', 'duel', '--json', '--concurrency', '2', '--no-cache'];
    const run = await runCli(args, { cwd, environment: at(backend), interruptAt: /\d+\/80/ });
    expect(run.code).toBe(130);
    expect(run.stderr).toContain('This run cannot be written to disk: nothing of it is kept.');
    expect(run.stderr).not.toContain('--resume');
  });

  test('ends with what is there, says how to go on, and --resume does', async () => {
    const backend = await duelServer(20);
    backend.setAnswer(longIsGood);
    const cwd = await workspaceOf(duelFiles(40));
    const args = ['ab', 'duel', '--json', '--concurrency', '2', '--no-cache'];
    const run = await runCli(args, { cwd, environment: at(backend), interruptAt: /\d+\/80/ });
    expect(run.code).toBe(130);
    const report = abReportOf(run.stdout);
    expect(report.state).toBe('cancelled');
    expect(report.verdict.outcome).not.toBe('running');
    expect(run.stderr).toMatch(/What is missing can be run with --resume \d{4}-/);
    const [id = ''] = await readdir(path.join(cwd, '.promptly', 'runs'));
    const stored: unknown = JSON.parse(
      await readFile(path.join(cwd, '.promptly', 'runs', id, 'report.json'), 'utf8'),
    );
    expect(stored).toEqual(JSON.parse(run.stdout));
    const known = await finishedCalls(cwd);
    const before = backend.calls().length;
    const resumed = await runCli([...args, '--resume', id], { cwd, environment: at(backend) });
    expect(resumed.code).toBe(0);
    expect(backend.calls().length - before).toBe(80 - known);
    expect(abReportOf(resumed.stdout)).toMatchObject({ state: 'finished', verdict: { winner: 'long' } });
    const nothing = await runCli([...args, '--resume'], { cwd, environment: at(backend) });
    expect(nothing).toMatchObject({ code: 2 });
    expect(nothing.stderr).toContain('there is no unfinished run of this to resume');
  }, 60_000);

  test('of a test run, too', async () => {
    const backend = await duelServer(20);
    const files = duelFiles(30);
    const cwd = await workspaceOf({
      ...files,
      'short.prompt.yaml': `${files['short.prompt.yaml'] ?? ''}testDataFile: ./cases.csv\n`,
    });
    const args = ['test', 'short', '--json', '--concurrency', '2', '--no-cache'];
    const run = await runCli(args, { cwd, environment: at(backend), interruptAt: /\d+\/30/ });
    expect(run.code).toBe(130);
    const known = await finishedCalls(cwd);
    const before = backend.calls().length;
    const resumed = await runCli([...args, '--resume'], { cwd, environment: at(backend) });
    expect(resumed.code).toBe(0);
    expect(backend.calls().length - before).toBe(30 - known);
    expect(JSON.parse(resumed.stdout)).toMatchObject({ summary: { passed: 30, errors: 0 } });
  }, 60_000);
});

test('a failing journey: --retry-errors of a test run calls the failed cases alone', async () => {
  const backend = await duelServer();
  const files = duelFiles(6);
  const cwd = await workspaceOf({
    ...files,
    'short.prompt.yaml': `${files['short.prompt.yaml'] ?? ''}testDataFile: ./cases.csv\n`,
  });
  backend.setFault('status-500', 2);
  const run = (...args: string[]) => runCli(['test', ...args, '--json'], { cwd, environment: at(backend) });
  const first = await run('short', '--retries', '0', '--concurrency', '1');
  expect(first.code).toBe(3);
  expect(JSON.parse(first.stdout)).toMatchObject({ summary: { passed: 4, failed: 0, errors: 2 } });
  const second = await run('--retry-errors', 'latest');
  expect(second.code).toBe(0);
  expect(backend.calls()).toHaveLength(6 + 2);
  expect(JSON.parse(second.stdout)).toMatchObject({ summary: { passed: 6, errors: 0 } });
}, 60_000);
