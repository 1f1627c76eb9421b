import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { at, duelFiles, duelServer } from './duel.ts';
import { runCli, workspaceOf } from './runCli.ts';

type Plan = Record<string, unknown> & {
  plan: Record<string, unknown> & { variants: Record<string, unknown>[] };
};

const inPlan = (change: (document: Plan) => void) => (text: string) => {
  const document = JSON.parse(text) as Plan;
  change(document);
  return JSON.stringify(document);
};

test('a run whose plan is damaged is told so with the file and what to do: exit 2, and nobody is called', async () => {
  const backend = await duelServer();
  const cwd = await workspaceOf(duelFiles(2));
  const run = (...args: string[]) => runCli(args, { cwd, environment: at(backend) });
  expect((await run('ab', 'duel', '--quiet', '--max-calls', '1')).code).toBe(4);
  const [id = ''] = await readdir(path.join(cwd, '.promptly', 'runs'));
  const file = path.join(cwd, '.promptly', 'runs', id, 'plan.json');
  const written = await readFile(file, 'utf8');
  const calls = backend.calls().length;
  for (const [damage, how] of [
    [() => null, 'is missing or no longer a JSON object'],
    [(text: string) => text.slice(0, -20), 'is missing or no longer a JSON object'],
    [() => '[]', 'is missing or no longer a JSON object'],
    [inPlan((document) => delete document['schemaVersion']), 'has no usable `schemaVersion`'],
    [inPlan(({ plan }) => delete plan['cases']), 'has no usable `plan.cases`'],
    [inPlan(({ plan }) => (plan['suites'] = [{}])), 'has no usable `plan.suites[0].name`'],
    [inPlan(({ plan }) => (plan['repetitions'] = '3')), 'has no usable `plan.repetitions`'],
    [inPlan(({ plan }) => delete plan.variants[1]?.['target']), 'has no usable `plan.variants[1].target`'],
  ] as const) {
    const text = damage(written);
    if (text === null) await rm(file);
    else await writeFile(file, text);
    for (const args of [
      ['report', id],
      ['report', 'latest'],
      ['score', id],
      ['ab', 'duel', '--resume', id],
    ]) {
      const { code, stdout, stderr } = await run(...args);
      expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: '' });
      expect(stderr).toMatch(/^promptly: The plan of the run .* is damaged: plan\.json in its folder /);
      expect(stderr).toContain(`${how}. Put the file back`);
    }
  }
  expect(backend.calls()).toHaveLength(calls);
  await writeFile(file, written);
  expect((await run('ab', 'duel', '--resume', id, '--max-calls', '100', '--quiet')).code).toBe(0);
}, 120_000);

test('lines of a journal that are not as they were written are left out, and what they held is made again', async () => {
  const backend = await duelServer();
  const cwd = await workspaceOf(duelFiles(8));
  const run = (...args: string[]) => runCli(args, { cwd, environment: at(backend) });
  expect((await run('ab', 'duel', '--quiet', '--no-cache')).code).toBe(0);
  const [id = ''] = await readdir(path.join(cwd, '.promptly', 'runs'));
  const file = path.join(cwd, '.promptly', 'runs', id, 'events.jsonl');
  const lines = (await readFile(file, 'utf8')).split('\n');
  const finished = lines.findLastIndex((line) => line.includes('"cell-finished"'));
  const damaged = JSON.parse(lines[finished] ?? '') as { result: Record<string, unknown> };
  delete damaged.result['usage'];
  lines[finished] = JSON.stringify(damaged);
  const nonsense = ['cell-finished', 'cell-scored', 'judge-answered', 'scores-replaced', 'run-started'];
  lines.push(...nonsense.map((type) => JSON.stringify({ type, cellId: 5 })), '');
  await writeFile(file, lines.join('\n'));
  const calls = backend.calls().length;
  for (const args of [
    ['report', id],
    ['ab', 'duel', '--resume', id, '--no-cache', '--quiet'],
    ['score', id],
  ]) {
    const { code, stderr } = await run(...args);
    expect({ args, code, stderr }).toMatchObject({ args, code: 0 });
    expect(stderr).not.toContain('internal error');
  }
  expect(backend.calls()).toHaveLength(calls + 1);
}, 120_000);
