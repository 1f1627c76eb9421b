import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { abReportOf, at, casesCsv, duelFiles, duelServer, longIsGood, promptFile, textOf } from './duel.ts';
import { runCli, workspaceOf } from './runCli.ts';

/** 130 and 4 are with interruptions and budgets. */
describe('exit codes of ab', () => {
  test('0 with any verdict; 1 only with --fail-if-worse, against the first variant, and never for a fragile win', async () => {
    const backend = await duelServer();
    backend.setAnswer(longIsGood);
    const cwd = await workspaceOf({
      ...duelFiles(12),
      'more.csv': `text\n${casesCsv(12)}\n`,
    });
    const ab = async (cases: string, ...variants: string[]) => {
      const args = variants.flatMap((name) => ['--variant', name]);
      const test = ['ab', ...args, '--cases', cases, '--json', '--fail-if-worse'];
      return runCli(test, { cwd, environment: at(backend) });
    };
    await writeFile(
      path.join(cwd, 'short.prompt.yaml'),
      `${promptFile('short', 'Shorten')}evaluators: [{name: good, string: {contains: good}}]\n`,
    );
    await writeFile(
      path.join(cwd, 'long.prompt.yaml'),
      `${promptFile('long', 'Lengthen')}evaluators: [{name: good, string: {contains: good}}]\n`,
    );
    // Better than the base: fine.
    expect(await ab('more.csv', 'short', 'long')).toMatchObject({ code: 0 });
    // Worse than the base.
    const worse = await ab('more.csv', 'long', 'short');
    expect(worse).toMatchObject({ code: 1 });
    expect(abReportOf(worse.stdout).verdict).toMatchObject({ winner: 'long', survivesOneBadCase: true });
    // 6 to 0 wins, but one bad case would overturn it: told, not acted on.
    await writeFile(path.join(cwd, 'six.csv'), `text\n${casesCsv(6)}\n`);
    const fragile = await ab('six.csv', 'long', 'short');
    expect(fragile).toMatchObject({ code: 0 });
    expect(abReportOf(fragile.stdout).verdict).toMatchObject({ winner: 'long', survivesOneBadCase: false });
  }, 60_000);

  test('2 for a wrong command line, a wrong file and a case without its variable, each with its place', async () => {
    const backend = await duelServer();
    const cwd = await workspaceOf({
      ...duelFiles(3),
      'wrong.prompt.yaml': 'kind: abtest\nname: wrong\nvariants: [short]\n',
      'enum.prompt.yaml': `${promptFile('enum', 'Say {{tone}}')}variables:\n  tone: {enum: [calm, glad]}\ntestData:\n  - {text: a, tone: calm}\n  - {text: b, tone: angry}\n  - {tone: glad}\n`,
    });
    const run = (...args: string[]) => runCli(args, { cwd, environment: at(backend) });
    expect(await run('ab', 'duel', '--repetitions', 'many')).toMatchObject({ code: 2 });
    expect(await run('ab', 'nobody')).toMatchObject({ code: 2 });
    expect(await run('ab', 'wrong')).toMatchObject({ code: 2 });
    expect(await run('ab', 'duel', '--metric', 'beauty')).toMatchObject({ code: 2 });
    expect(await run('ab', 'duel', '--replay', '--no-cache')).toMatchObject({ code: 2 });
    expect(await run('report', 'never-was')).toMatchObject({ code: 2 });
    const broken = await run('test', 'enum', '--json');
    expect(broken.code).toBe(2);
    const { diagnostics } = JSON.parse(broken.stdout) as {
      diagnostics: { file: string; line: number; message: string }[];
    };
    expect(diagnostics.map(({ file }) => file)).toEqual(['enum.prompt.yaml', 'enum.prompt.yaml']);
    expect(diagnostics[0]?.message).toMatch(/^Case case-2: .*tone.*calm, glad/);
    expect(diagnostics[1]?.message).toMatch(/^Case case-3: .*text/);
    for (const { line } of diagnostics) expect(line).toBeGreaterThan(1);
    expect(backend.calls()).toHaveLength(0);
  }, 60_000);

  test('3 when no case is usable: then there is no interval and no p value either', async () => {
    const backend = await duelServer();
    backend.setFault('status-500');
    const cwd = await workspaceOf(duelFiles(3));
    const run = await runCli(['ab', 'duel', '--json', '--retries', '0'], { cwd, environment: at(backend) });
    expect(run.code).toBe(3);
    const report = abReportOf(run.stdout);
    expect(report.verdict).toMatchObject({ outcome: 'not_enough_data', leader: null, confidence: null });
    const nothing = { difference: null, interval: null, pValue: null, adjustedPValue: null, n: 0 };
    expect(report.comparisons[0]).toMatchObject(nothing);
    for (const format of ['text', 'markdown', 'html', 'csv', 'junit']) {
      const shown = await runCli(['report', 'latest', '--format', format], { cwd });
      expect(shown.code).toBe(0);
      expect(shown.stdout).not.toMatch(/NaN|undefined|Infinity/);
    }
  }, 60_000);

  test('3, at once, when every further call would fail the same way', async () => {
    const backend = await duelServer();
    backend.setFault('status-401');
    const cwd = await workspaceOf(duelFiles(50, '', 'claude-haiku-5-5'));
    const environment = { ANTHROPIC_BASE_URL: backend.url, ANTHROPIC_API_KEY: 'wrong' };
    const run = await runCli(['ab', 'duel', '--json', '--concurrency', '2'], { cwd, environment });
    expect(run.code).toBe(3);
    expect(abReportOf(run.stdout).state).toBe('failed');
    expect(run.stderr).toContain('Every further call would fail the same way');
    expect(backend.calls().length).toBeLessThanOrEqual(6);
  }, 60_000);
});

describe('exit codes of compare', () => {
  test('1 when the working copy is worse than the revision, 0 when it is better', async () => {
    const backend = await duelServer();
    backend.setAnswer(({ body }) => (textOf(body).includes('Good') ? 'good' : 'bad'));
    const data = `testDataFile: ./cases.csv\nevaluators: [{name: good, string: {contains: good}}]\n`;
    const cwd = await workspaceOf({
      'p.prompt.yaml': `${promptFile('p', 'Good')}${data}`,
      'cases.csv': `text\n${casesCsv(12)}\n`,
    });
    const git = (...args: string[]): void =>
      void execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t.invalid', ...args], { cwd });
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'one');
    const compare = (...args: string[]) =>
      runCli(['compare', 'p', '--json', '--repetitions', '1', ...args], { cwd, environment: at(backend) });
    await writeFile(path.join(cwd, 'p.prompt.yaml'), `${promptFile('p', 'Poor')}${data}`);
    expect(await compare()).toMatchObject({ code: 0 });
    const worse = await compare('--fail-if-worse');
    expect(worse).toMatchObject({ code: 1 });
    expect(abReportOf(worse.stdout).verdict).toMatchObject({ outcome: 'winner', winner: 'HEAD' });
    git('commit', '-qam', 'worse');
    await writeFile(path.join(cwd, 'p.prompt.yaml'), `${promptFile('p', 'Good again')}${data}`);
    expect(await compare('--fail-if-worse')).toMatchObject({ code: 0 });
    expect(await compare('--base', 'HEAD~1')).toMatchObject({ code: 0 });
  }, 60_000);
});
