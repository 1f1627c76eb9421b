import { expect, test } from 'vitest';
import { runCli, workspaceOf } from './runCli.ts';

const prompt = (name: string): string =>
  `name: ${name}\nbackend: scripted\nmessages: [{role: user, content: "${name} {{input}}"}]\ntestData: [{input: a}, {input: b}]\n`;
const files = {
  'p.prompt.yaml': prompt('p'),
  'q.prompt.yaml': prompt('q'),
  'duel.prompt.yaml': 'kind: abtest\nname: duel\nvariants: [p, q]\n',
};
const first = ['ab', 'duel', '--no-cache', '--seed', '3', '--repetitions', '1', '--max-calls', '1'];

async function cutShort() {
  const cwd = await workspaceOf(files);
  const cut = await runCli(first, { cwd });
  expect(cut.code).toBe(4);
  expect(cut.stderr).toMatch(/--resume \S+-duel, with higher limits .*--max-calls/);
  return (...args: string[]) => runCli(args, { cwd });
}

test('a run goes on as it was planned: options that say otherwise are refused, the same ones are not', async () => {
  const run = await cutShort();
  const others = [
    ['--seed', '4'],
    ['--repetitions', '2'],
    ['--metric', 'tokens'],
    ['--confidence', '0.9'],
    ['--min-effect', '0.1'],
    ['--group-by', 'input'],
    ['--model', 'another'],
    ['--backend', 'ollama'],
    ['--variant', 'p'],
    ['--stop-early'],
    ['--fixed'],
  ];
  for (const other of others) {
    const refused = await run('ab', 'duel', '--resume', ...other);
    expect(refused.code, other.join(' ')).toBe(2);
    expect(refused.stderr).toMatch(new RegExp(`${other[0] ?? ''}: \\S+-duel was planned otherwise`));
  }
  const done = await run(
    ...first.slice(0, -2),
    '--backend',
    'scripted',
    '--live',
    '--resume',
    '--max-calls',
    '9',
  );
  expect(done.code, done.stderr).toBe(0);
}, 60_000);

test('a run of something else than what is named is refused', async () => {
  const run = await cutShort();
  for (const option of ['--resume', '--retry-errors']) {
    expect((await run('compare', 'p', option, 'latest')).stderr).toMatch(
      /-duel is a run of duel, not of p: /,
    );
    expect((await run('test', 'p', option, 'latest')).stderr).toMatch(
      /-duel is a run of an A\/B test: `promptly ab/,
    );
  }
  expect((await run('ab', '--resume', '--retry-errors', 'latest')).code).toBe(2);
  expect((await run('ab', '--resume', 'latest', '--max-calls', '9')).code).toBe(0);
}, 60_000);

test('a folder as --output is refused before the calls are made; a report that cannot be written is not lost', async () => {
  const cwd = await workspaceOf({ ...files, taken: '' });
  const folder = await runCli(['ab', 'duel', '--output', '.'], { cwd });
  expect(folder).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--output: . is a folder') as string,
  });
  expect((await runCli(['runs'], { cwd })).stdout).toBe('');
  const late = await runCli(['ab', 'duel', '--output', 'taken/report.md'], { cwd });
  expect(late.code).toBe(2);
  const id = /`promptly report (\S+)` writes the report again/.exec(late.stderr)?.[1] ?? '';
  expect((await runCli(['report', id], { cwd })).code).toBe(0);
}, 60_000);

test('how to go on is told when calls failed, and when a failure ended the run', async () => {
  const cwd = await workspaceOf(files);
  const failing = (code: string) =>
    runCli(['test', 'p', '--no-cache'], {
      cwd,
      environment: { PROMPTLY_SCRIPTED: JSON.stringify({ fail: code }) },
    });
  const some = await failing('rejected');
  expect(some.code).toBe(3);
  expect(some.stderr).toMatch(/^What failed can be run again with --retry-errors \S+-p$/m);
  const all = await failing('model-not-found');
  expect(all.code).toBe(3);
  expect(all.stderr).toMatch(/^What is missing can be run with --resume \S+-p$/m);
  const mended = await runCli(['test', 'p', '--resume'], { cwd });
  expect(mended.code, mended.stderr).toBe(0);
}, 60_000);
