import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { FaultServer } from '../../support/faultServer/startFaultServer.ts';
import { abReportOf, at, duelFiles, duelServer, longIsGood, textOf } from './duel.ts';
import { runCli, workspaceOf } from './runCli.ts';

const judged = (model: string): string =>
  `  - {name: judged, llm: {modelId: ${model}, prompt: "Judge {{completion}}", choices: [{choice: "yes", score: 1}]}}\n`;

/** Also a judge, who says yes. No two outputs are the same, so each is judged. */
function answerWithJudge(call: { readonly body: unknown }): string {
  const text = textOf(call.body);
  return text.includes('Judge') ? 'yes' : `${longIsGood(call)} ${/case \d+/.exec(text)?.[0] ?? ''}`;
}

const askedOf = (backend: FaultServer, words: string): number =>
  backend.calls().filter(({ body }) => textOf(body).includes(words)).length;

test('a score that is killed, or whose judge cannot be asked, leaves the run as it was', async () => {
  const backend = await duelServer(5);
  backend.setAnswer(answerWithJudge);
  const cwd = await workspaceOf(duelFiles(20));
  const run = (...args: string[]) => runCli([...args, '--json'], { cwd, environment: at(backend) });
  const first = await run('ab', 'duel');
  expect(first.code).toBe(0);
  const before = (await run('report', 'latest')).stdout;
  const test = path.join(cwd, 'ab.prompt.yaml');
  const text = await readFile(test, 'utf8');
  await writeFile(test, text.replace('contains: good', 'contains: bad') + judged('ollama/judge'));
  const child = spawn(process.execPath, [path.resolve('dist/cli.js'), 'score', 'latest'], {
    cwd,
    env: { ...process.env, ...at(backend) },
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  while (askedOf(backend, 'Judge') < 10 && child.exitCode === null) await new Promise(setImmediate);
  child.kill('SIGKILL');
  await ended;
  expect((await run('report', 'latest')).stdout).toBe(before);
  await writeFile(test, text + judged('claude/claude-haiku-5-5'));
  const refused = await run('score', 'latest');
  expect(refused.code).toBe(3);
  expect(refused.stderr).toContain('The judge could not be asked');
  expect(refused.stderr).not.toContain('internal error');
  expect((await run('report', 'latest')).stdout).toBe(before);
}, 60_000);

test('what is resumed after a score is scored by the same evaluators', async () => {
  const backend = await duelServer();
  backend.setAnswer(longIsGood);
  const cwd = await workspaceOf(duelFiles(10));
  const run = (...args: string[]) => runCli([...args, '--json'], { cwd, environment: at(backend) });
  expect((await run('ab', 'duel', '--max-calls', '10')).code).toBe(4);
  const test = path.join(cwd, 'ab.prompt.yaml');
  await writeFile(test, (await readFile(test, 'utf8')).replace('contains: good', 'contains: bad'));
  expect(abReportOf((await run('score', 'latest')).stdout).variants).toMatchObject([
    { mean: 1 },
    { mean: 0 },
  ]);
  const resumed = await run('ab', '--resume', 'latest', '--max-calls', '100');
  expect(abReportOf(resumed.stdout).comparisons[0]).toMatchObject({ n: 10, losses: 10 });
}, 60_000);

test('--retry-errors asks judges again that gave no score, and judges both sides of a pair anew', async () => {
  const backend = await duelServer();
  const says = { judge: 'Hm.' };
  const pairwise = '  - {name: pair, uses: promptly/pairwise-judge, with: {modelId: ollama/judge}}\n';
  const preference = JSON.stringify({ reason: 'It is.', preference: 'tie' });
  backend.setAnswer((call) => {
    const text = textOf(call.body);
    if (text.includes('first-output')) return preference;
    return text.includes('Judge') ? says.judge : longIsGood(call);
  });
  const cwd = await workspaceOf(duelFiles(6, judged('ollama/judge') + pairwise));
  const run = (...args: string[]) =>
    runCli([...args, '--json', '--no-cache', '--retries', '0'], { cwd, environment: at(backend) });
  backend.setFault('status-500', 2);
  expect((await run('ab', 'duel', '--concurrency', '1')).code).toBe(3);
  says.judge = 'yes';
  const again = await run('ab', '--retry-errors', 'latest');
  expect(again.code).toBe(0);
  const results = abReportOf(again.stdout).cases.flatMap((item) => Object.values(item.results).flat());
  expect(results).toHaveLength(12);
  expect(results.every(({ score }) => score !== null)).toBe(true);
}, 60_000);

test('a test whose file is broken is scored as it was, and that is said', async () => {
  const backend = await duelServer();
  backend.setAnswer(longIsGood);
  const cwd = await workspaceOf(duelFiles(6));
  const run = (...args: string[]) => runCli([...args, '--json'], { cwd, environment: at(backend) });
  expect((await run('ab', 'duel')).code).toBe(0);
  await writeFile(path.join(cwd, 'ab.prompt.yaml'), 'kind: abtest\nvariants: [');
  const scored = await run('score', 'latest');
  expect(scored.stderr).toContain('ab.prompt.yaml has errors: scored by the evaluators that the run has.');
  expect(abReportOf(scored.stdout).variants).toMatchObject([{ mean: 0 }, { mean: 1 }]);
}, 60_000);
