import { spawnSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCli, workspaceOf } from './runCli.ts';

const prompt =
  'name: p\nbackend: scripted\nmessages: [{role: user, content: "{{input}}"}]\ntestData: [{input: a}, {input: b}]\n';

/** Files can be made, but nothing written into them: to a program a full disk looks no different. */
function onFullDisk(cwd: string, ...args: string[]) {
  const cli = path.resolve('dist/cli.js');
  const line = ['-c', 'ulimit -f 0; exec "$@"', 'sh', process.execPath, cli, ...args];
  // What Node keeps of compiled programs would be cut off, too.
  const env = { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' };
  const { status, stderr } = spawnSync('sh', line, { cwd, env, encoding: 'utf8' });
  return { code: status, stderr };
}

describe.skipIf(process.platform === 'win32')('a full disk', () => {
  test('leaves no folder of a run that is none', async () => {
    const cwd = await workspaceOf({ 'p.prompt.yaml': prompt });
    expect((await runCli(['test', 'p'], { cwd })).code).toBe(0);
    const run = onFullDisk(cwd, 'test', 'p');
    expect(run).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('nothing of it is kept') as string,
    });
    expect(await readdir(path.join(cwd, '.promptly', 'runs'))).toHaveLength(1);
  });

  test('does not lock the runs that are there', async () => {
    const cwd = await workspaceOf({ 'p.prompt.yaml': prompt });
    expect((await runCli(['test', 'p', '--max-calls', '1', '--no-cache'], { cwd })).code).toBe(4);
    const scored = onFullDisk(cwd, 'score', 'latest');
    expect(scored.code).toBe(2);
    expect(scored.stderr).toContain("promptly: The run's files cannot be used");
    expect(scored.stderr).not.toContain('internal error');
    const resumed = await runCli(['test', 'p', '--resume', '--max-calls', '5'], { cwd });
    expect(resumed.code, resumed.stderr).toBe(0);
  });
});
