import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { documentSchemas } from '../../../src/core/reporting/documentSchemas.ts';
import { abReportOf, at, duelFiles, duelServer, longIsGood } from './duel.ts';
import { runCli, workspaceOf } from './runCli.ts';

test('a run of another process is shown as running, and nobody else goes on with it', async () => {
  const backend = await duelServer(150);
  backend.setAnswer(longIsGood);
  const cwd = await workspaceOf(duelFiles(60));
  const args = ['ab', 'duel', '--json', '--no-cache', '--fixed', '--concurrency', '2'];
  const child = spawn(process.execPath, [path.resolve('dist/cli.js'), ...args], {
    cwd,
    env: { ...process.env, ...at(backend) },
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  onTestFinished(() => void child.kill('SIGKILL'));
  await expect.poll(() => backend.calls().length, { timeout: 20_000 }).toBeGreaterThan(4);
  const folder = path.join(cwd, '.promptly', 'runs');
  const [id = ''] = await readdir(folder);
  const cli = (...more: string[]) => runCli(more, { cwd, environment: at(backend) });
  const stateOf = async (): Promise<unknown> => {
    const { runs } = documentSchemas.runs.parse(JSON.parse((await cli('runs', '--json')).stdout));
    return runs.map(({ state, outcome }) => [state, outcome]);
  };

  expect(await stateOf()).toEqual([['running', null]]);
  expect((await cli('runs')).stdout).toMatch(/duel +abtest +running/);
  const refusals = [
    ['ab', 'duel', '--resume'],
    ['ab', 'duel', '--retry-errors', id],
    ['score', id],
  ];
  for (const refused of refusals) {
    expect(await cli(...refused)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(
        `${id} is still running, in another process: wait for its end`,
      ) as string,
    });
  }
  const looked = await cli('report', id, '--json');
  expect(looked.stderr).toContain(`${id} is still running: this is how far it is.`);
  expect(abReportOf(looked.stdout).verdict).toMatchObject({ outcome: 'running', winner: null });

  child.kill('SIGKILL');
  await ended;
  expect(await stateOf()).toEqual([[null, null]]);
  const resumed = await cli(...args, '--resume');
  expect(abReportOf(resumed.stdout)).toMatchObject({ state: 'finished', verdict: { winner: 'long' } });
  expect(await stateOf()).toEqual([['finished', 'winner']]);
  expect((await readdir(path.join(folder, id))).sort()).toEqual(['events.jsonl', 'plan.json', 'report.json']);
}, 90_000);
