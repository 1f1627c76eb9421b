import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { seededOrder } from '../../../src/core/statistics/seededOrder.ts';
import { runOp } from '../../support/statisticsOps.ts';
import { abReportOf, at, casesCsv, duelFiles, duelServer, textOf } from './duel.ts';
import { runCli, workspaceOf } from './runCli.ts';

/** Long is good on some cases, short on others, the same for the same case. */
const mixed = ({ body }: { readonly body: unknown }): string => {
  const number = Number(/case (\d+)/.exec(textOf(body))?.[1]);
  const long = textOf(body).includes('Lengthen');
  return (long ? number % 4 !== 0 : number % 3 === 0) ? 'good' : 'bad';
};

describe('promptly ab --extend', () => {
  test('runs the new cases alone, and judges all by the spending of a declared extension', async () => {
    const backend = await duelServer();
    backend.setAnswer(mixed);
    const cwd = await workspaceOf(duelFiles(20));
    const run = (...args: string[]) =>
      runCli(['ab', 'duel', '--json', '--seed', '5', '--no-cache', ...args], {
        cwd,
        environment: at(backend),
      });
    const first = await run();
    expect(first.code).toBe(0);
    expect(backend.calls()).toHaveLength(40);
    await writeFile(path.join(cwd, 'cases.csv'), `text\n${casesCsv(32)}\n`);
    const extended = await run('--extend', 'latest');
    expect(extended.stderr).toContain('12 more cases after the 20 of');
    expect(extended.stderr).toContain(': 24 calls, roughly');
    expect(extended.code).toBe(0);
    expect(backend.calls()).toHaveLength(40 + 24);
    const report = abReportOf(extended.stdout);
    expect(report.cases).toHaveLength(32);

    const order = [...seededOrder(5, 20), ...seededOrder(6, 12).map((i) => 20 + i)];
    const scores = report.variants.map(({ id }) =>
      order.map((i) => (report.cases[i]?.results[id] ?? []).map(({ score }) => score)),
    );
    const expected = runOp('analyze', { scores, mode: 'live', horizons: [20, 32] }) as Record<
      string,
      unknown
    >;
    expect(report.verdict.outcome).toBe(expected['verdict']);
    expect(report.verdict.confidence).toBeCloseTo(expected['confidence'] as number, 9);
    // The run that was extended is still there as it was.
    expect(await readdir(path.join(cwd, '.promptly', 'runs'))).toHaveLength(2);
  }, 60_000);

  test('refuses what would void the promise, in words', async () => {
    const backend = await duelServer();
    const cwd = await workspaceOf(duelFiles(8));
    const run = (...args: string[]) =>
      runCli(['ab', 'duel', '--json', ...args], { cwd, environment: at(backend) });
    expect((await run('--max-calls', '4')).code).toBe(4);
    expect((await run('--extend', 'latest')).stderr).toContain('is not finished; --resume it first');
    expect((await run('--resume', '--max-calls', '100')).code).toBe(0);
    const nothing = await run('--extend', 'latest');
    expect(nothing).toMatchObject({ code: 2 });
    expect(nothing.stderr).toContain('the test has no cases that');
    await writeFile(path.join(cwd, 'cases.csv'), `text\n${casesCsv(8, 1)}\n`);
    expect((await run('--extend', 'latest')).stderr).toContain('case case-1 was changed or removed since');
    await writeFile(path.join(cwd, 'cases.csv'), `text\n${casesCsv(9)}\n`);
    const prompt = duelFiles(8)['short.prompt.yaml'] ?? '';
    await writeFile(path.join(cwd, 'short.prompt.yaml'), prompt.replace('Shorten', 'Cut'));
    expect((await run('--extend', 'latest')).stderr).toContain('the variant "short" was changed since');
    await writeFile(path.join(cwd, 'short.prompt.yaml'), prompt);
    expect((await run('--extend', 'latest', '--min-effect', '0.1')).stderr).toContain('rules of the test');
    expect(await run('--extend', 'latest', '--resume')).toMatchObject({ code: 2 });
    expect((await run('--fixed')).code).toBe(0);
    expect((await run('--extend', 'latest')).stderr).toContain('judged once, at its end');
  }, 60_000);
});

test('more repetitions of a finished run call only what is new', async () => {
  const backend = await duelServer();
  const cwd = await workspaceOf(duelFiles(5));
  const run = (...args: string[]) =>
    runCli(['ab', 'duel', '--json', ...args], { cwd, environment: at(backend) });
  expect((await run('--repetitions', '2')).code).toBe(0);
  expect(backend.calls()).toHaveLength(20);
  expect((await run('--repetitions', '3')).code).toBe(0);
  expect(backend.calls()).toHaveLength(30);
  // New cases, too, cost only themselves.
  await writeFile(path.join(cwd, 'cases.csv'), `text\n${casesCsv(6)}\n`);
  expect((await run('--repetitions', '3')).code).toBe(0);
  expect(backend.calls()).toHaveLength(36);
}, 60_000);

describe('groupBy', () => {
  const grouped = (count: number): string =>
    `text,document\n${Array.from({ length: count }, (_, i) => `case ${i},doc ${Math.floor(i / 3)}`).join('\n')}\n`;

  test('cases of one document count as one', async () => {
    const backend = await duelServer();
    backend.setAnswer(mixed);
    const cwd = await workspaceOf({ ...duelFiles(24, 'groupBy: document\n'), 'cases.csv': grouped(24) });
    const run = await runCli(['ab', 'duel', '--json', '--seed', '2'], { cwd, environment: at(backend) });
    expect(run.code).toBe(0);
    const report = abReportOf(run.stdout);
    expect(report.cases).toHaveLength(24);
    expect(report.comparisons[0]?.n).toBe(8);
    const means = report.variants.map(({ id }) =>
      seededOrder(2, 8).map((unit) => {
        const own = [0, 1, 2].map((i) => report.cases[unit * 3 + i]?.results[id]?.[0]?.score ?? NaN);
        return [own.reduce((sum, score) => sum + score, 0) / 3];
      }),
    );
    const expected = runOp('analyze', { scores: means, mode: 'live', planned: 8 }) as Record<string, unknown>;
    expect(report.verdict.outcome).toBe(expected['verdict']);
    expect(report.comparisons[0]?.pValue).toBeCloseTo(
      (expected['pairs'] as { p: number }[])[0]?.p ?? NaN,
      12,
    );
    const few = await runCli(['ab', 'duel', '--group-by', 'nothing'], { cwd, environment: at(backend) });
    expect(few).toMatchObject({ code: 2 });
    expect(few.stderr).toContain('The cases have no "nothing" to group them by. Their keys: text, document.');
  }, 60_000);

  test('an extension may not add to a group that was counted', async () => {
    const backend = await duelServer();
    const cwd = await workspaceOf({ ...duelFiles(6, 'groupBy: document\n'), 'cases.csv': grouped(7) });
    const run = (...args: string[]) =>
      runCli(['ab', 'duel', '--json', ...args], { cwd, environment: at(backend) });
    expect((await run()).code).toBe(0);
    await writeFile(path.join(cwd, 'cases.csv'), grouped(8));
    expect((await run('--extend', 'latest')).stderr).toContain('belongs to "doc 2", which');
    await writeFile(path.join(cwd, 'cases.csv'), `${grouped(7)}case 20,doc 9\n`);
    expect((await run('--extend', 'latest')).code).toBe(0);
  }, 60_000);
});
