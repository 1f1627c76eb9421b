import { execFileSync } from 'node:child_process';
import { rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCli, workspaceOf } from './runCli.ts';

const prompt = (name: string, words: string) =>
  `${name}backend: scripted\nmessages: [{role: user, content: "${words} {{input}}"}]\ntestData: [{input: a, expected: a}]\n`;

async function repository(files: Readonly<Record<string, string>>) {
  const cwd = await workspaceOf(files);
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], { cwd, stdio: 'pipe' });
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'one');
  return { cwd, git };
}

describe('compare finds the earlier version of a prompt that was moved', () => {
  test('as git tells it, though the name changed with the place', async () => {
    const { cwd, git } = await repository({ 'old.prompt.yaml': prompt('', 'First') });
    git('mv', 'old.prompt.yaml', 'new.prompt.yaml');
    git('commit', '-qm', 'two');
    await writeFile(path.join(cwd, 'new.prompt.yaml'), prompt('', 'Second'));
    const { code, stdout } = await runCli(['compare', 'new', '--base', 'HEAD~1', '--json'], { cwd });
    expect(code).toBe(0);
    const { variants } = JSON.parse(stdout) as { variants: { prompt: string; ref: string | null }[] };
    expect(variants).toMatchObject([{ prompt: 'old.prompt.yaml' }, { prompt: 'new.prompt.yaml', ref: null }]);
  });

  test('by its name, where the move is not committed yet', async () => {
    const { cwd } = await repository({ 'old.prompt.yaml': prompt('name: same\n', 'First') });
    await rename(path.join(cwd, 'old.prompt.yaml'), path.join(cwd, 'new.prompt.yaml'));
    const { code } = await runCli(['compare', 'same', '--json'], { cwd });
    expect(code).toBe(0);
  });

  test('and says so plainly when there was none', async () => {
    const { cwd } = await repository({ 'other.prompt.yaml': prompt('', 'First') });
    await writeFile(path.join(cwd, 'new.prompt.yaml'), prompt('', 'Second'));
    const { code, stderr } = await runCli(['compare', 'new'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('new.prompt.yaml does not exist at HEAD.');
  });
});

test('an earlier version with errors is refused with the first of them and its line', async () => {
  const { cwd } = await repository({ 'p.prompt.yaml': prompt('name: p\n', '{{never closed') });
  await writeFile(path.join(cwd, 'p.prompt.yaml'), prompt('name: p\n', 'Second'));
  const { code, stderr } = await runCli(['compare', 'p'], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain('At HEAD: "p.prompt.yaml" has an error in line 3: This `{{` is never closed.');
});

describe('a variant of the command line', () => {
  const idsOf = (stdout: string): unknown =>
    (JSON.parse(stdout) as { variants: { id: string; ref: string | null }[] }).variants.map(({ id, ref }) => [
      id,
      ref,
    ]);

  test('may have an @ in its name, and in its revision', async () => {
    const { cwd, git } = await repository({ 'p.prompt.yaml': prompt('name: me@home\n', 'First') });
    git('branch', '-M', 'main');
    git('commit', '-q', '--allow-empty', '-m', 'two');
    const variants = ['me@home', 'me@home@HEAD', 'me@home@main@{0}', 'p.prompt.yaml@main@{1}'];
    const args = variants.flatMap((variant) => ['--variant', variant]);
    const { code, stdout, stderr } = await runCli(['ab', ...args, '--json'], { cwd });
    expect(code, stderr).toBe(0);
    expect(idsOf(stdout)).toEqual([
      ['me@home', null],
      ['me@home@HEAD', 'HEAD'],
      ['me@home@main@{0}', 'main@{0}'],
      ['p.prompt.yaml@main@{1}', 'main@{1}'],
    ]);
  });

  test('that is wrong is no line of a file that nobody has', async () => {
    const { cwd } = await repository({ 'p.prompt.yaml': prompt('', 'First') });
    const wrong = [
      [['--variant', 'p', '--variant', 'p@nope'], 'There is no revision "nope" here.'],
      [['--variant', 'p', '--variant', 'q'], 'There is no prompt, skill or chain "q".'],
      [['--variant', 'p'], 'A test needs 2 to 20 variants; it has 1'],
      [
        ['--variant', 'p', '--variant', 'p@HEAD', '--cases', 'no.csv'],
        '--cases: there is no file no.csv in ',
      ],
    ] as const;
    for (const [args, words] of wrong) {
      const { code, stderr } = await runCli(['ab', ...args], { cwd });
      expect(code).toBe(2);
      expect(stderr).toContain(`promptly: ${words}`);
      expect(stderr).not.toContain('ab.prompt.yaml');
    }
  });
});

test('what a version of the past lacks is told of that version', async () => {
  const old = prompt('', 'First').replace('{{input}}', '{{topic}}');
  const { cwd } = await repository({ 'p.prompt.yaml': old });
  await writeFile(path.join(cwd, 'p.prompt.yaml'), prompt('', 'First'));
  const { code, stderr } = await runCli(['compare', 'p'], { cwd });
  expect(code).toBe(2);
  expect(stderr).toMatch(/At HEAD: Case case-1: The variable "topic" has no value\./);
});

test('a bare --resume goes on with a run of its own kind', async () => {
  const { cwd } = await repository({ 'p.prompt.yaml': prompt('', 'First') });
  const cut = await runCli(['compare', 'p', '--max-calls', '1', '--no-cache'], { cwd });
  expect(cut.code).toBe(4);
  const wrong = await runCli(['test', 'p', '--resume'], { cwd });
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain('there is no unfinished run of this to resume');
  const right = await runCli(['compare', 'p', '--resume', '--max-calls', '10'], { cwd });
  expect(right.code).toBe(0);
});

test('an evaluator that cannot score is told before the calls are made', async () => {
  const evaluators =
    'evaluators:\n  - {name: r, string: {matches: "(["}}\n  - {name: u, uses: promptly/nope}\n';
  const cwd = await workspaceOf({ 'p.prompt.yaml': prompt('', 'First') + evaluators });
  const { code, stderr } = await runCli(['test', 'p'], { cwd });
  expect(code).toBe(3);
  const plan = stderr.indexOf('1 case: 1 call');
  for (const finding of ['error invalid-pattern', 'error unknown-uses']) {
    expect(stderr.indexOf(finding)).toBeGreaterThanOrEqual(0);
    expect(stderr.indexOf(finding)).toBeLessThan(plan);
  }
});
