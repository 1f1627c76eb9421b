import { spawn } from 'node:child_process';
import { open, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCli, workspaceOf } from './runCli.ts';

const prompt = 'name: hi\nbackend: scripted\nmessages: [{role: user, content: "Say {{input}}"}]\n';
const cases = 'testData:\n  - {input: a, expected: zebras of quuxland}\n';

describe('a command line that means nothing', () => {
  test.each([
    [['constructor'], "unknown command 'constructor'"],
    [['toString', '--help'], "unknown command 'toString'"],
    [['help', '__proto__'], "unknown command '__proto__'"],
    [['help', 'nosuch'], "unknown command 'nosuch'"],
    [['list', 'extra'], "'extra' is one argument too many"],
    [['report', 'latest', 'extra'], "'extra' is one argument too many"],
    [['mcp', '--workspace', 'nowhere'], 'nowhere is not a folder'],
    [['completion', 'bash', 'zsh'], "'zsh' is one argument too many"],
    [['test', 'hi', '--concurrency', '1000000'], '--concurrency takes a whole number of at most 1000'],
    [
      ['compare', 'hi', '--seed', '-1'],
      '--seed needs a value; one that begins with a dash is written --seed=VALUE',
    ],
    [['compare', 'hi', '--fixed', '--live'], 'choose one'],
    [['run', 'hi', '--replay', '--no-cache'], 'choose one'],
    [
      ['test', 'hi', '--compat', 'gh-models', '--format', 'junit'],
      '--compat gh-models asks for JSON, and --format junit for junit: choose one',
    ],
    ...['ab', 'test', 'compare', 'score', 'report'].map((command): [string[], string] => [
      [command, '--json', '--format', 'markdown'],
      '--json asks for JSON, and --format markdown for markdown: choose one',
    ]),
    [['run', 'hi', '--input', 'x', '--model', ''], '--model takes the id of a model'],
  ])('%j is told so, with exit code 2', async (args, words) => {
    const cwd = await workspaceOf({ 'hi.prompt.yaml': prompt });
    const result = await runCli(args, { cwd });
    expect(result).toMatchObject({ code: 2, stdout: '' });
    expect(result.stderr).toContain(words);
  });
});

test('--json beside --format json says the same thing twice', async () => {
  const cwd = await workspaceOf({ 'hi.prompt.yaml': `${prompt}testData: [{input: a, expected: a}]\n` });
  const { stdout, stderr } = await runCli(['test', 'hi', '--json', '--format', 'json', '--quiet'], { cwd });
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1 });
});

describe('files that cannot be read', () => {
  test('are diagnostics, wherever they are met', async () => {
    const cwd = await workspaceOf({
      'hi.prompt.yaml': prompt + cases,
      'chain.prompt.yaml': 'kind: chain\nsteps: [{use: ./binary.prompt.yaml}]\n',
    });
    await writeFile(path.join(cwd, 'binary.prompt.yaml'), Uint8Array.of(0xff, 0xfe, 0, 1));
    const said = 'binary.prompt.yaml:1:1 error unreadable-file This file is not UTF-8 text.';
    for (const args of [
      ['test', '.'],
      ['run', 'binary', '--input', 'x'],
      ['run', 'binary.prompt.yaml'],
      ['check'],
    ]) {
      const { code, stdout, stderr } = await runCli(args, { cwd });
      expect({ args, code }).toEqual({ args, code: 2 });
      expect(stdout + stderr).toContain(said);
    }
    const { code, stderr } = await runCli(['run', 'chain', '--input', 'x'], { cwd });
    expect(code).toBe(2);
    expect(stderr).not.toContain('internal error');
  });
});

describe.skipIf(process.platform === 'win32')('output that nobody takes', () => {
  const spawned = (args: string[], cwd: string, stdio: ('ignore' | 'pipe' | number)[]) =>
    spawn(process.execPath, [path.resolve('dist/cli.js'), ...args], { cwd, stdio });
  const endOf = (child: ReturnType<typeof spawned>) =>
    new Promise<number | null>((resolve) => child.once('close', resolve));

  test.skipIf(process.platform !== 'linux')('a full disk is said in a sentence', async () => {
    const cwd = await workspaceOf({ 'hi.prompt.yaml': prompt });
    const full = await open('/dev/full', 'w');
    const child = spawned(['list'], cwd, ['ignore', full.fd, 'pipe']);
    let stderr = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    expect(await endOf(child)).toBe(2);
    expect(stderr).toMatch(/^promptly: the output could not be written: ENOSPC.*\n$/);
    const quiet = spawned(['run', 'hi', '--input', 'x'], cwd, ['ignore', 'ignore', full.fd]);
    expect(await endOf(quiet)).toBe(0);
    await full.close();
  });

  test('a reader of the progress that leaves does not end the work', async () => {
    const cwd = await workspaceOf({ 'hi.prompt.yaml': `${prompt}${cases}` });
    const child = spawned(['test', 'hi'], cwd, ['ignore', 'pipe', 'pipe']);
    child.stderr?.destroy();
    let stdout = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    expect(await endOf(child)).toBe(1);
    expect(stdout).toContain('1 failed');
  });

  test('a reader of the result that leaves does not make a failing test pass', async () => {
    const cwd = await workspaceOf({ 'hi.prompt.yaml': `${prompt}${cases}` });
    const child = spawned(['test', 'hi'], cwd, ['ignore', 'pipe', 'ignore']);
    child.stdout?.destroy();
    expect(await endOf(child)).toBe(1);
  });

  test('Ctrl-C ends a command that waits for its input', async () => {
    const cwd = await workspaceOf({ 'hi.prompt.yaml': prompt });
    const child = spawned(['run', 'hi', '--input', '-'], cwd, ['pipe', 'ignore', 'ignore']);
    const ended = endOf(child);
    // Until the program has set up its own handling, the signal would end any process. It has when it takes more than pipes hold.
    await new Promise((resolve) => child.stdin?.write('x'.repeat(4 * 1024 * 1024), resolve));
    child.kill('SIGINT');
    expect(await ended).toBe(130);
  });
});

describe('a folder that takes no files', () => {
  test('the run goes on and says that nothing of it is kept', async () => {
    const cwd = await workspaceOf({ 'hi.prompt.yaml': prompt, '.promptly': '' });
    const result = await runCli(['run', 'hi', '--input', 'x'], { cwd });
    expect(result).toMatchObject({ code: 0 });
    expect(result.stderr).toContain('This run cannot be written to disk');
    expect(await readdir(cwd)).toEqual(['.promptly', 'hi.prompt.yaml']);
  });
});
