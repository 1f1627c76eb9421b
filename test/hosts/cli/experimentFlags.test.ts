import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { abReportOf, at, duelFiles, duelServer, longIsGood, promptFile } from './duel.ts';
import { runCli, workspaceOf } from './runCli.ts';

describe("a workspace's own evaluator", () => {
  const scripted = (returned: string): Record<string, string> => ({
    'p.prompt.yaml': `${promptFile('p', 'Say')}testData: [{text: a}]\nevaluators:\n  - {name: own, uses: ./own.mjs}\n`,
    'own.mjs': `export default ({ output }) => ${returned};\n`,
  });

  test('runs only with consent: exit 2 and the way to give it, before any call; the same for its stored run', async () => {
    const backend = await duelServer();
    const cwd = await workspaceOf(scripted("({ score: 0.75, reason: 'mostly' })"));
    const run = (...args: string[]) => runCli(args, { cwd, environment: at(backend) });
    const refused = await run('test', 'p');
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('`./own.mjs`; allow it with --yes');
    expect(backend.calls()).toHaveLength(0);
    const allowed = await run('test', 'p', '--yes', '--json');
    expect(allowed.code).toBe(0);
    expect(JSON.parse(allowed.stdout)).toMatchObject({
      prompts: [
        { cases: [{ results: [{ score: 0.75, evaluations: [{ name: 'own', reason: 'mostly' }] }] }] },
      ],
    });
    expect(await run('score', 'latest')).toMatchObject({ code: 2 });
    expect(await run('score', 'latest', '--yes')).toMatchObject({ code: 0 });
  }, 60_000);

  test('a score outside 0 to 1, or none, is missing with its reason, and the case could not be scored: exit 3', async () => {
    const backend = await duelServer();
    for (const returned of ['1.5', "'good'", 'NaN']) {
      const cwd = await workspaceOf(scripted(returned));
      const run = await runCli(['test', 'p', '--yes', '--json'], { cwd, environment: at(backend) });
      expect(run.code).toBe(3);
      const document = JSON.parse(run.stdout) as {
        prompts: {
          cases: { results: { score: number | null; evaluations: { reason: string | null }[] }[] }[];
        }[];
      };
      const [result] = document.prompts[0]?.cases[0]?.results ?? [];
      expect(result?.score).toBeNull();
      expect(result?.evaluations[0]?.reason).not.toBeNull();
    }
  }, 60_000);
});

describe('--replay and --no-cache', () => {
  test('a case that was not recorded is the failure not-recorded, and nobody is called', async () => {
    const backend = await duelServer();
    const cwd = await workspaceOf(duelFiles(4));
    const run = (...args: string[]) =>
      runCli(['ab', 'duel', '--json', ...args], { cwd, environment: at(backend) });
    const missed = await run('--replay');
    expect(missed.code).toBe(3);
    const codes = abReportOf(missed.stdout).cases.flatMap(({ results }) =>
      Object.values(results).flatMap((list) => list.map(({ failure }) => failure?.code)),
    );
    expect(new Set(codes)).toEqual(new Set(['not-recorded']));
    expect(backend.calls()).toHaveLength(0);
    expect((await run('--no-cache')).code).toBe(0);
    expect((await run('--replay')).code).toBe(3);
    expect((await run()).code).toBe(0);
    expect((await run('--replay')).code).toBe(0);
    expect(backend.calls()).toHaveLength(16);
  }, 60_000);
});

describe('where the result goes', () => {
  test('stdout holds the report alone; --output a file instead; --quiet says nothing besides', async () => {
    const backend = await duelServer();
    backend.setAnswer(longIsGood);
    const cwd = await workspaceOf(duelFiles(6));
    const run = (...args: string[]) => runCli(['ab', 'duel', ...args], { cwd, environment: at(backend) });
    const text = await run('--format', 'text');
    expect(text.stdout).toMatch(/^long wins\. Confidence/);
    expect(text.stdout).not.toContain('\u001b');
    expect(text.stderr).toContain('2 variants × 6 cases');
    const written = await run('--format', 'html', '--output', 'reports/duel.html');
    expect(written.stdout).toBe('');
    expect(await readFile(path.join(cwd, 'reports', 'duel.html'), 'utf8')).toMatch(/^<!doctype html>/);
    expect((await run('--quiet', '--json')).stderr).toBe('');
    const from = await runCli(['ab', 'duel', '--json', '--cwd', cwd], {
      cwd: await workspaceOf({}),
      environment: at(backend),
    });
    expect(abReportOf(from.stdout).verdict.winner).toBe('long');
  }, 60_000);

  test('a run is in a folder of its own, git-ignored, with plan, events and report', async () => {
    const backend = await duelServer();
    const cwd = await workspaceOf(duelFiles(3));
    const run = await runCli(['ab', 'duel', '--json'], { cwd, environment: at(backend) });
    const listed = JSON.parse((await runCli(['runs', '--json'], { cwd })).stdout) as {
      runs: { id: string }[];
    };
    const folder = path.join(cwd, '.promptly', 'runs', listed.runs[0]?.id ?? '');
    for (const name of ['plan.json', 'events.jsonl', 'report.json']) {
      expect((await stat(path.join(folder, name))).size).toBeGreaterThan(10);
    }
    expect(JSON.parse(await readFile(path.join(folder, 'report.json'), 'utf8'))).toEqual(
      JSON.parse(run.stdout),
    );
    expect(await readFile(path.join(cwd, '.promptly', '.gitignore'), 'utf8')).toContain('*');
  }, 60_000);
});

test('what changed between two runs of a test, in words, Markdown, HTML and JSON', async () => {
  const backend = await duelServer();
  backend.setAnswer(() => 'good');
  const files = duelFiles(8);
  const cwd = await workspaceOf({
    'p.prompt.yaml': `${promptFile('p', 'Say')}testDataFile: ./cases.csv\nevaluators: [{name: good, string: {contains: good}}]\n`,
    'cases.csv': files['cases.csv'] ?? '',
  });
  const run = (...args: string[]) => runCli(args, { cwd, environment: at(backend) });
  expect((await run('test', 'p')).code).toBe(0);
  const listed = JSON.parse((await run('runs', '--json')).stdout) as { runs: { id: string }[] };
  const earlier = listed.runs[0]?.id ?? '';
  backend.setAnswer(({ body }) => (/case [0-5]"/.test(JSON.stringify(body)) ? 'bad' : 'good'));
  await writeFile(path.join(cwd, 'cases.csv'), `${files['cases.csv'] ?? ''}case 8\n`);
  expect((await run('test', 'p', '--no-cache')).code).toBe(1);
  const against = (format: string) => run('report', 'latest', '--against', earlier, '--format', format);
  const text = (await against('text')).stdout;
  expect(text).toMatch(/^p: 0 better, 6 worse, 2 the same, 1 new\. Worse than before, confidence 96\.8%/);
  expect(text.match(/^worse /gm)).toHaveLength(6);
  expect((await against('markdown')).stdout).toMatch(/\| worse \| case-1 \| 1 \| 0 \|/);
  expect((await against('html')).stdout).toContain('<svg');
  expect(JSON.parse((await against('json')).stdout)).toMatchObject({
    variants: [{ id: 'p', counts: { worse: 6, added: 1 }, comparison: { difference: -0.75, losses: 6 } }],
  });
  const refused = await against('junit');
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('--against is shown as text, json, markdown, html; not as junit');
}, 60_000);
