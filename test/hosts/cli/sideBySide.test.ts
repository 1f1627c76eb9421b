import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startFaultServer, type FaultServer } from '../../support/faultServer/startFaultServer.ts';
import { runCli, workspaceOf } from './runCli.ts';

let server: FaultServer;
beforeAll(async () => {
  server = await startFaultServer({ models: ['test-model'] });
});
afterAll(() => server.close());

const prompt = 'name: greet\nmessages:\n  - role: user\n    content: Greet {{who}}\n';
const args = (who: string): string[] => [
  ...['run', 'greet', '--var', `who=${who}`, '--backend', 'ollama', '--model', 'test-model', '--json'],
];

test('processes that share a cache and a run folder lose nothing', async () => {
  const cwd = await workspaceOf({ 'greet.prompt.yaml': prompt });
  const environment = { OLLAMA_HOST: server.url };
  // Half of them ask the same, half something of their own.
  const names = Array.from({ length: 8 }, (_, index) => (index % 2 === 0 ? 'same' : `own-${index}`));
  const runs = await Promise.all(names.map((who) => runCli(args(who), { cwd, environment })));
  expect(runs.map(({ code }) => code)).toEqual(names.map(() => 0));

  const folder = path.join(cwd, '.promptly', 'runs');
  const stored = await readdir(folder);
  expect(stored).toHaveLength(names.length);
  const reports = await Promise.all(
    stored.map((run) => readFile(path.join(folder, run, 'report.json'), 'utf8')),
  );
  const texts = (documents: readonly string[]): string[] => documents.map((it) => it.trim()).sort();
  expect(texts(reports)).toEqual(texts(runs.map(({ stdout }) => stdout)));

  // Every answer was kept: nobody asks the model again.
  const calls = server.calls().length;
  const replayed = await Promise.all(
    [...new Set(names)].map((who) => runCli([...args(who), '--replay'], { cwd, environment })),
  );
  for (const { stdout } of replayed)
    expect(JSON.parse(stdout)).toMatchObject({ success: true, cached: true });
  expect(server.calls().length).toBe(calls);
});

test('an overloaded server is waited for, in words, within bounds', async () => {
  const cwd = await workspaceOf({ 'greet.prompt.yaml': prompt });
  const environment = { OLLAMA_HOST: server.url, PROMPTLY_RETRY_DELAY_SECONDS: '0.05' };
  server.setFault('status-429-retry-after', 1);
  const calls = server.calls().length;
  const waited = await runCli(args('Ada'), { cwd, environment });
  expect(waited.stderr).toMatch(/attempt 1 failed: .+ Next in \d+\.\d s\./);
  expect(JSON.parse(waited.stdout)).toMatchObject({ success: true, attempts: 2 });
  expect(server.calls().length - calls).toBe(2);
});
