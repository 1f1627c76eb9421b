import { execFileSync, spawn } from 'node:child_process';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseReport } from '../../../src/core/reporting/reportSchema.ts';
import { mulberry32 } from '../../../src/core/statistics/seededOrder.ts';
import type { FaultServer } from '../../support/faultServer/startFaultServer.ts';
import { runOp } from '../../support/statisticsOps.ts';
import { at, duelFiles, duelServer, longIsGood, promptFile, textOf } from './duel.ts';
import { runCli, workspaceOf } from './runCli.ts';

describe('promptly ab', () => {
  test('the report follows its schema, and its statistics are those of the method', async () => {
    const backend = await duelServer();
    backend.setAnswer(({ body }) => (/Lengthen|[24680]"/.test(textOf(body)) ? 'good' : 'bad'));
    const cwd = await workspaceOf(duelFiles(30));
    const run = await runCli(['ab', 'duel', '--json', '--seed', '7', '--concurrency', '4'], {
      cwd,
      environment: at(backend),
    });
    expect(run.code).toBe(0);
    const report = parseReport(JSON.parse(run.stdout));
    if (report?.kind !== 'abtest') throw new Error('no report of an A/B test');
    expect(report).toMatchObject({ state: 'finished', name: 'duel', metric: { name: 'quality' } });
    expect(report.cases).toHaveLength(30);
    const order = runOp('shuffle', { seed: 7, n: 30 }) as readonly number[] | { order: readonly number[] };
    const positions = 'order' in order ? order.order : order;
    const scores = ['short', 'long'].map((id) =>
      positions.map((i) => (report.cases[i]?.results[id] ?? []).map(({ score }) => score)),
    );
    const expected = runOp('analyze', { scores, mode: 'live', planned: 30 }) as Record<string, unknown>;
    expect(report.verdict.outcome).toBe(expected['verdict'] ?? expected['outcome']);
    expect(report.verdict.confidence).toBeCloseTo(expected['confidence'] as number, 9);
    expect(report.verdict.chanceBest).toBeCloseTo(expected['chanceBest'] as number, 6);
  }, 60_000);

  test('killed at any moment and resumed: no finished call is made again', async () => {
    const random = mulberry32(11);
    for (let round = 0; round < 4; round++) {
      const backend = await duelServer(15);
      backend.setAnswer(longIsGood);
      const cwd = await workspaceOf(duelFiles(40));
      const args = ['ab', 'duel', '--json', '--no-cache', '--concurrency', '4', '--seed', '3'];
      const wanted = 4 + Math.floor(random() * 60);
      await killAfter(args, cwd, backend, wanted);
      const [run] = await readdir(path.join(cwd, '.promptly', 'runs'));
      const journal = await readFile(path.join(cwd, '.promptly', 'runs', run ?? '', 'events.jsonl'), 'utf8');
      const finished = journal.split('\n').filter((line) => line.includes('"cell-finished"')).length;
      const before = backend.calls().length;
      const resumed = await runCli([...args, '--resume'], { cwd, environment: at(backend) });
      expect(resumed.code).toBe(0);
      // Exactly what the journal did not have is called, whatever was in flight.
      expect(backend.calls().length - before).toBe(80 - finished);
      expect(before - finished).toBeLessThanOrEqual(8);
      const report = parseReport(JSON.parse(resumed.stdout));
      expect(report?.kind === 'abtest' && report.cases.length).toBe(40);
      await backend.close();
    }
  }, 180_000);

  test('what a missing model stopped goes on when it is there', async () => {
    const backend = await duelServer();
    backend.setAnswer(longIsGood);
    backend.setFault('model-not-found');
    const cwd = await workspaceOf(duelFiles(10));
    const stopped = await runCli(['ab', 'duel'], { cwd, environment: at(backend) });
    expect(stopped.code).toBe(3);
    expect(stopped.stderr).toContain('Every further call would fail the same way');
    expect(backend.calls().length).toBeLessThanOrEqual(4);
    backend.setFault(null);
    const resumed = await runCli(['ab', 'duel', '--json', '--resume'], { cwd, environment: at(backend) });
    expect(resumed.code).toBe(0);
    const report = parseReport(JSON.parse(resumed.stdout));
    expect(report?.kind === 'abtest' && report.variants.map(({ failures }) => failures)).toEqual([0, 0]);
  }, 60_000);

  test('stops early when the verdict is certain, and only then calls it a winner', async () => {
    const backend = await duelServer();
    backend.setAnswer(longIsGood);
    const cwd = await workspaceOf(duelFiles(100, 'stopEarly: true\n'));
    const run = await runCli(['ab', 'duel', '--json'], { cwd, environment: at(backend) });
    expect(run.code).toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject({
      state: 'stopped-early',
      verdict: { outcome: 'winner', winner: 'long' },
    });
    expect(backend.calls().length).toBeLessThan(150);
    const worse = await runCli(
      ['ab', '--variant', 'long', '--variant', 'short', '--cases', 'cases.csv', '--json'],
      {
        cwd,
        environment: at(backend),
      },
    );
    expect(JSON.parse(worse.stdout)).toMatchObject({ metric: { name: 'successRate' } });
  }, 120_000);

  test('a budget of calls is kept exactly, and the rest can be run later', async () => {
    const backend = await duelServer();
    const cwd = await workspaceOf(duelFiles(20));
    const run = await runCli(['ab', 'duel', '--json', '--max-calls', '13'], {
      cwd,
      environment: at(backend),
    });
    expect(run.code).toBe(4);
    expect(backend.calls()).toHaveLength(13);
    expect(JSON.parse(run.stdout)).toMatchObject({
      state: 'budget',
      verdict: { outcome: 'no_clear_winner' },
    });
    const rest = await runCli(['ab', 'duel', '--resume', '--json', '--max-calls', '100'], {
      cwd,
      environment: at(backend),
    });
    expect(rest.code).toBe(0);
    expect(backend.calls()).toHaveLength(40);
  }, 60_000);

  test('failures are missing data; --retry-errors runs only them again', async () => {
    const backend = await duelServer();
    const cwd = await workspaceOf(duelFiles(10));
    backend.setFault('status-500', 3);
    const run = await runCli(['ab', 'duel', '--json', '--retries', '0', '--concurrency', '1'], {
      cwd,
      environment: at(backend),
    });
    expect(run.code).toBe(0);
    const first = parseReport(JSON.parse(run.stdout));
    expect(first?.kind === 'abtest' && first.variants.map(({ failures }) => failures)).toEqual([2, 1]);
    expect(backend.calls()).toHaveLength(20);
    const retried = await runCli(['ab', '--retry-errors', 'latest', '--json'], {
      cwd,
      environment: at(backend),
    });
    expect(retried.code).toBe(0);
    expect(backend.calls()).toHaveLength(23);
    const second = parseReport(JSON.parse(retried.stdout));
    expect(second?.kind === 'abtest' && second.variants.map(({ failures }) => failures)).toEqual([0, 0]);
  }, 60_000);
});

describe('promptly compare', () => {
  test('reads the old version through git, never checking it out', async () => {
    const backend = await duelServer();
    const cwd = await workspaceOf({
      'p.prompt.yaml': `${promptFile('p', 'Old')}testData: [{text: a}, {text: b}]\n`,
    });
    const git = (...args: string[]): void =>
      void execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t.invalid', ...args], { cwd });
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'one');
    await writeFile(path.join(cwd, 'p.prompt.yaml'), `${promptFile('p', 'New')}testData: [{text: c}]\n`);
    const run = await runCli(['compare', 'p', '--json', '--repetitions', '1'], {
      cwd,
      environment: at(backend),
    });
    expect(run.code).toBe(0);
    expect(
      backend
        .calls()
        .map(({ body }) => /Old c|New c/.exec(textOf(body))?.[0])
        .sort(),
    ).toEqual(['New c', 'Old c']);
    const unknown = await runCli(['compare', 'p', '--base', 'nowhere'], { cwd, environment: at(backend) });
    expect(unknown).toMatchObject({ code: 2 });
    expect(unknown.stderr).toContain('There is no revision "nowhere" here.');
    await writeFile(path.join(cwd, 'q.prompt.yaml'), `${promptFile('q', 'New')}testData: [{text: c}]\n`);
    const absent = await runCli(['compare', 'q'], { cwd, environment: at(backend) });
    expect(absent).toMatchObject({ code: 2 });
    expect(absent.stderr).toContain('q.prompt.yaml does not exist at HEAD');
  }, 60_000);
});

describe('promptly test', () => {
  const tested = (expected: string): string =>
    `${promptFile('p', 'Say')}testData: [{text: a, expected: ${expected}}]\nevaluators: [{name: e, uses: promptly/contains}]\n`;

  test('exit codes: passed, failed, could not run, nothing to test', async () => {
    const backend = await duelServer();
    backend.setAnswer(() => 'yes');
    const cwd = await workspaceOf({ 'p.prompt.yaml': tested('yes') });
    const run = (...args: string[]) =>
      runCli(['test', ...args, '--no-cache'], { cwd, environment: at(backend) });
    expect((await run('p')).code).toBe(0);
    await writeFile(path.join(cwd, 'p.prompt.yaml'), tested('no'));
    expect((await run('.')).code).toBe(1);
    backend.setFault('status-500');
    expect((await run('p', '--retries', '0')).code).toBe(3);
    await writeFile(path.join(cwd, 'p.prompt.yaml'), promptFile('p', 'Say'));
    expect((await run('p')).code).toBe(2);
  }, 60_000);

  test('a prompt file of the retired GitHub Models runs unedited, and prints its JSON', async () => {
    const backend = await duelServer();
    // The rubric's judge is asked for JSON, the file's own judge for a word.
    backend.setAnswer(({ body }) => {
      if (textOf(body).includes('response_format')) return '{"reason": "The same.", "score": 5}';
      return textOf(body).includes('yes or no') ? 'yes' : 'Summary - a fox.';
    });
    const cwd = await workspaceOf({
      'github.prompt.yml': await readFile('test/fixtures/githubModels/everyField.prompt.yml', 'utf8'),
    });
    const environment = { OPENAI_BASE_URL: backend.openAiUrl };
    const run = await runCli(['test', 'github.prompt.yml', '--compat', 'gh-models'], { cwd, environment });
    expect(run.code).toBe(0);
    const document = JSON.parse(run.stdout) as {
      description: string;
      model: string;
      testResults: unknown[];
      summary: unknown;
    };
    expect(document.description).not.toBe('');
    expect(document.model).toBe('openai/gpt-4o-mini');
    expect(document.summary).toEqual({ totalTests: 2, passedTests: 2, failedTests: 0, passRate: 100 });
    expect(document.testResults).toHaveLength(2);
  }, 60_000);

  test('stored outputs are scored again by changed evaluators without a call', async () => {
    const backend = await duelServer();
    backend.setAnswer(() => 'yes');
    const cwd = await workspaceOf({ 'p.prompt.yaml': tested('no') });
    expect((await runCli(['test', 'p'], { cwd, environment: at(backend) })).code).toBe(1);
    await writeFile(path.join(cwd, 'p.prompt.yaml'), tested('no').replace('uses', 'not: true, uses'));
    const scored = await runCli(['score', '--json'], { cwd, environment: at(backend) });
    expect(scored.code).toBe(0);
    expect(backend.calls()).toHaveLength(1);
    const listed = await runCli(['runs', '--json'], { cwd });
    expect(JSON.parse(listed.stdout)).toMatchObject({
      runs: [{ name: 'p', kind: 'test', state: 'finished' }],
    });
  }, 60_000);
});

/** Starts the command line and kills it without warning once so many calls have come in. */
async function killAfter(
  args: readonly string[],
  cwd: string,
  backend: FaultServer,
  calls: number,
): Promise<void> {
  const child = spawn(process.execPath, [path.resolve('dist/cli.js'), ...args], {
    cwd,
    env: { ...process.env, ...at(backend) },
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  while (backend.calls().length < calls && child.exitCode === null) {
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  child.kill('SIGKILL');
  await ended;
  while (backend.openCalls() > 0) await new Promise((resolve) => setTimeout(resolve, 5));
}
