import { expect, test } from 'vitest';
import { abReportOf, at, duelFiles, duelServer, longIsGood, textOf } from './duel.ts';
import { runCli, workspaceOf } from './runCli.ts';

test('--max-minutes ends a run cleanly, long before its calls are through', async () => {
  const backend = await duelServer(300);
  const cwd = await workspaceOf(duelFiles(60));
  const run = await runCli(['ab', 'duel', '--json', '--concurrency', '1', '--max-minutes', '0.03'], {
    cwd,
    environment: at(backend),
  });
  expect(run.code).toBe(4);
  expect(abReportOf(run.stdout)).toMatchObject({ state: 'budget', verdict: { outcome: 'no_clear_winner' } });
  expect(run.stderr).toContain('The time of the budget is over.');
  expect(run.stderr).toContain('--resume');
  expect(backend.calls().length).toBeGreaterThan(1);
  expect(backend.calls().length).toBeLessThan(60);
}, 60_000);

test('--max-cost is kept: no call starts that would go beyond it', async () => {
  const backend = await duelServer();
  // 90,000 tokens in: 0.9 cents each with this model.
  backend.setAnswer(() => ({ text: ['good'], inputTokens: 90_000, outputTokens: 0 }));
  const cwd = await workspaceOf(duelFiles(20, '', 'claude-haiku-5-5'));
  const environment = { ANTHROPIC_BASE_URL: backend.url, ANTHROPIC_API_KEY: 'key' };
  const run = await runCli(['ab', 'duel', '--json', '--concurrency', '1', '--max-cost', '0.0675'], {
    cwd,
    environment,
  });
  expect(run.stderr).toContain('The budget is reached');
  expect(run.code).toBe(4);
  expect(backend.calls()).toHaveLength(7);
  const costs = abReportOf(run.stdout).variants.map(({ costUsd }) => costUsd ?? NaN);
  expect(costs.reduce((sum, cost) => sum + cost, 0)).toBeCloseTo(0.063, 4);
}, 60_000);

test('calls far dearer than the forecast: the first one goes out alone, and the limit is passed by no more than it', async () => {
  const backend = await duelServer(50);
  // More than 100,000 tokens in: 50 cents each with this model.
  backend.setAnswer(() => ({ text: ['good'], inputTokens: 1_000_000, outputTokens: 0 }));
  const cwd = await workspaceOf(duelFiles(20, '', 'claude-haiku-5-5'));
  const environment = { ANTHROPIC_BASE_URL: backend.url, ANTHROPIC_API_KEY: 'key' };
  const run = await runCli(['ab', 'duel', '--json', '--concurrency', '8', '--max-cost', '0.75'], {
    cwd,
    environment,
  });
  expect(run.code).toBe(4);
  expect(backend.calls()).toHaveLength(1);
}, 60_000);

test('a limit on the cost needs known prices, and says so before any call', async () => {
  const backend = await duelServer();
  const cwd = await workspaceOf(duelFiles(20, '', 'claude-of-tomorrow'));
  const environment = { ANTHROPIC_BASE_URL: backend.url, ANTHROPIC_API_KEY: 'key' };
  const run = await runCli(['ab', 'duel', '--max-cost', '0.75'], { cwd, environment });
  expect(run.code).toBe(4);
  expect(run.stderr).toContain('the price of a model of this run is not known');
  expect(run.stderr).toContain('--max-calls');
  expect(backend.calls()).toHaveLength(0);
}, 60_000);

test('the budget of the file holds without a flag, and a flag beats it', async () => {
  const backend = await duelServer();
  const cwd = await workspaceOf(duelFiles(10, 'budget: {maxCalls: 4}\n'));
  const run = (...args: string[]) =>
    runCli(['ab', 'duel', '--json', '--no-cache', ...args], { cwd, environment: at(backend) });
  expect((await run()).code).toBe(4);
  expect(backend.calls()).toHaveLength(4);
  expect((await run('--max-calls', '20')).code).toBe(0);
  expect(backend.calls()).toHaveLength(24);
}, 60_000);

test('answers from the cache cost nothing of a budget', async () => {
  const backend = await duelServer();
  const cwd = await workspaceOf(duelFiles(20));
  const run = (...args: string[]) =>
    runCli(['ab', 'duel', '--json', '--concurrency', '8', ...args], { cwd, environment: at(backend) });
  expect((await run('--max-calls', '37')).code).toBe(4);
  expect(backend.calls()).toHaveLength(37);
  // Three are left. A limit just above is enough for all forty, however many are in flight at once.
  expect((await run('--max-calls', '4')).code).toBe(0);
  expect(backend.calls()).toHaveLength(40);
}, 60_000);

test('a run whose last call is the last one allowed is finished, and one that the cache answers needs none', async () => {
  const backend = await duelServer();
  const cwd = await workspaceOf(duelFiles(20));
  const run = async (...args: string[]) => {
    const { code, stdout, stderr } = await runCli(['ab', 'duel', '--json', '--concurrency', '8', ...args], {
      cwd,
      environment: at(backend),
    });
    return { code, state: abReportOf(stdout).state, stderr };
  };
  expect(await run('--max-calls', '40')).toMatchObject({ code: 0, state: 'finished' });
  expect(backend.calls()).toHaveLength(40);
  const again = await run('--max-calls', '1');
  expect(again).toMatchObject({ code: 0, state: 'finished' });
  expect(backend.calls()).toHaveLength(40);
  expect(again.stderr).toContain('fewer where the cache has the answers');
  expect(again.stderr).not.toMatch(/The budget is reached|Warning/);
  expect(await run('--max-calls', '39', '--no-cache')).toMatchObject({ code: 4, state: 'budget' });
  expect(backend.calls()).toHaveLength(79);
}, 60_000);

test('a pairwise judge is asked once about a pair, and its calls keep to the limit', async () => {
  const backend = await duelServer(10);
  const preference = JSON.stringify({ reason: 'It is.', preference: 'first' });
  backend.setAnswer((call) => (textOf(call.body).includes('first-output') ? preference : longIsGood(call)));
  const cwd = await workspaceOf(
    duelFiles(10, '  - {name: pair, uses: promptly/pairwise-judge, with: {modelId: ollama/judge}}\n'),
  );
  const run = (...args: string[]) =>
    runCli(['ab', 'duel', '--json', '--no-cache', ...args], { cwd, environment: at(backend) });
  const limited = await run('--max-calls', '19', '--concurrency', '8');
  expect(limited.code).toBe(4);
  expect(backend.calls().length).toBeGreaterThan(14);
  expect(backend.calls().length).toBeLessThanOrEqual(19);
  const before = backend.calls().length;
  // Two outputs and two questions a case.
  const whole = await run('--max-calls', '40');
  expect(whole.stderr).toContain('20 calls and about 20 to judges');
  expect(whole.code).toBe(0);
  expect(backend.calls()).toHaveLength(before + 40);
}, 60_000);
