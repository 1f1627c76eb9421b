import { readdir } from 'node:fs/promises';
import module from 'node:module';
import path from 'node:path';
import { expect, test } from 'vitest';
import { runCli, workspaceOf } from './runCli.ts';

test('list shows kinds and files, --kind narrows, --json is a document', async () => {
  const cwd = await workspaceOf({
    'a.prompt.yaml': 'description: first\nmessages: [{role: user, content: hi}]\n',
    'sub/b.prompt.yml': 'kind: skill\ninstructions: do it\n',
    'node_modules/c.prompt.yaml': 'messages: [{role: user, content: hi}]\n',
  });
  const all = await runCli(['list', '--json'], { cwd });
  expect(JSON.parse(all.stdout)).toEqual({
    schemaVersion: 1,
    prompts: [
      { name: 'a', kind: 'prompt', file: 'a.prompt.yaml', description: 'first', tags: [] },
      { name: 'b', kind: 'skill', file: 'sub/b.prompt.yml', description: null, tags: [] },
    ],
  });
  expect((await runCli(['list', '--kind', 'skill'], { cwd })).stdout).not.toContain('a.prompt.yaml');
});

test('check prints file:line:col severity code message and exits 2 on an error', async () => {
  const cwd = await workspaceOf({
    'good.prompt.yaml': 'messages: [{role: user, content: hi}]\n',
    'bad.prompt.yaml': 'messages:\n  - role: user\n    content: "{{#if x}}"\n',
  });
  const bad = await runCli(['check'], { cwd });
  expect(bad.code).toBe(2);
  expect(bad.stdout).toMatch(/^bad\.prompt\.yaml:3:\d+ error [a-z-]+ .+/m);
  expect(await runCli(['check', 'good.prompt.yaml'], { cwd })).toMatchObject({ code: 0, stdout: '' });
  const json = await runCli(['check', '--json'], { cwd });
  expect(JSON.parse(json.stdout)).toMatchObject({
    schemaVersion: 1,
    diagnostics: [{ file: 'bad.prompt.yaml', line: 3 }],
  });
});

test('doctor says of every backend whether it answers', async () => {
  const run = await runCli(['doctor', '--json'], { cwd: await workspaceOf({}) });
  const document = JSON.parse(run.stdout) as { backends: { id: string; status: string }[] };
  const ids = document.backends.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(document.backends).toContainEqual(expect.objectContaining({ id: 'ollama', status: 'unavailable' }));
  expect(document.backends).toContainEqual(expect.objectContaining({ id: 'claude', status: 'unavailable' }));
});

test('help is complete and goes to stdout', async () => {
  const cwd = await workspaceOf({});
  const general = await runCli(['--help'], { cwd });
  expect(general.code).toBe(0);
  for (const name of ['run', 'list', 'check', 'models', 'doctor', 'completion'])
    expect(general.stdout).toContain(name);
  const one = await runCli(['run', '--help'], { cwd });
  for (const flag of ['--var', '--input', '--backend', '--json', '--replay'])
    expect(one.stdout).toContain(flag);
  expect((await runCli(['--version'], { cwd })).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('what Node has compiled is kept for the next start, where it can and may', async () => {
  const cwd = await workspaceOf({
    'a.prompt.yaml': 'messages: [{role: user, content: hi}]\n',
    'tmp/empty.txt': '',
  });
  const TMPDIR = path.join(cwd, 'tmp');
  const environment = { TMPDIR, TEMP: TMPDIR, NODE_COMPILE_CACHE: '' };
  const kept = async (): Promise<boolean> => (await readdir(TMPDIR)).includes('node-compile-cache');
  const refused = { ...environment, NODE_DISABLE_COMPILE_CACHE: '1' };
  expect(await runCli(['list'], { cwd, environment: refused })).toMatchObject({ code: 0, stderr: '' });
  expect(await kept()).toBe(false);
  expect(await runCli(['list'], { cwd, environment })).toMatchObject({ code: 0, stderr: '' });
  expect(await kept()).toBe('enableCompileCache' in module);
});
