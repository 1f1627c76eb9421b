import { describe, expect, test } from 'vitest';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { closedPortUrl, startFaultServer } from '../../support/faultServer/startFaultServer.ts';
import { runCli, workspaceOf } from './runCli.ts';

const greet = 'name: greet\nmessages:\n  - role: user\n    content: Greet {{who}}\n';
const scripted = (script: object): Record<string, string> => ({ PROMPTLY_SCRIPTED: JSON.stringify(script) });

describe('promptly run', () => {
  test('prints the output on stdout and nothing else there', async () => {
    const cwd = await workspaceOf({ 'greet.prompt.yaml': greet });
    const run = await runCli(['run', 'greet', '--backend', 'scripted', '--var', 'who=Ada'], {
      cwd,
      environment: scripted({ reply: 'Hello {{who}}' }),
    });
    expect(run).toMatchObject({ code: 0, stdout: 'Hello Ada\n' });
    expect(run.stderr).toContain('scripted');
  });

  test('--json is one document with every promised field', async () => {
    const cwd = await workspaceOf({ 'greet.prompt.yaml': greet });
    const run = await runCli(
      ['run', 'greet.prompt.yaml', '--backend', 'scripted', '--var', 'who=Ada', '--json'],
      {
        cwd,
        environment: scripted({ reply: 'Hi' }),
      },
    );
    expect(run.code).toBe(0);
    expect(JSON.parse(run.stdout)).toMatchObject({
      schemaVersion: 1,
      kind: 'prompt',
      name: 'greet',
      backend: 'scripted',
      success: true,
      output: 'Hi',
      failure: null,
      attempts: 1,
      cached: false,
      finishReason: 'stop',
    });
  });

  test('an unset variable is refused before any call, with its place', async () => {
    const cwd = await workspaceOf({ 'greet.prompt.yaml': greet });
    const run = await runCli(['run', 'greet', '--backend', 'scripted', '--json'], { cwd });
    expect(run.code).toBe(2);
    const document = JSON.parse(run.stdout) as { diagnostics: unknown[] };
    expect(document.diagnostics).toMatchObject([{ file: 'greet.prompt.yaml', line: 4, severity: 'error' }]);
    expect(run.stderr).toContain('who');
  });

  test('a refused connection is exit 3 and says what to do', async () => {
    const cwd = await workspaceOf({ 'greet.prompt.yaml': greet });
    const run = await runCli(
      ['run', 'greet', '--backend', 'ollama', '--var', 'who=x', '--retries', '0', '--json'],
      {
        cwd,
        environment: { OLLAMA_HOST: await closedPortUrl() },
      },
    );
    expect(run.code).toBe(3);
    expect(JSON.parse(run.stdout)).toMatchObject({
      success: false,
      failure: { code: 'backend-not-running' },
    });
    expect(run.stderr).toContain('ollama serve');
  });

  test('Ctrl-C ends a running answer with exit 130', async () => {
    const cwd = await workspaceOf({ 'greet.prompt.yaml': greet });
    const run = await runCli(['run', 'greet', '--backend', 'scripted', '--var', 'who=x', '--stream'], {
      cwd,
      environment: scripted({ reply: 'word '.repeat(2000), chunkDelayMs: 20 }),
      interruptAt: /word word/,
    });
    expect(run.code).toBe(130);
    expect(run.stderr).toContain('cancelled');
  });

  test('input comes from stdin and variables from files', async () => {
    const cwd = await workspaceOf({
      'echo.prompt.yaml': 'messages:\n  - role: user\n    content: "{{input}}|{{extra}}"\n',
      'extra.txt': 'from a file',
    });
    const run = await runCli(
      ['run', 'echo', '--backend', 'scripted', '--input', '-', '--var', 'extra=@extra.txt'],
      {
        cwd,
        input: 'from stdin',
        environment: scripted({ reply: '{{input}}|{{extra}}' }),
      },
    );
    expect(run.stdout).toBe('from stdin|from a file\n');
  });

  test.each([
    [['run', 'gret'], /Did you mean 'greet'\?/],
    [['run', '../outside.prompt.yaml'], /there is no file|outside/],
    [['run'], /name a prompt/],
    [['run', 'greet', '--var', 'who'], /NAME=VALUE/],
    [['run', 'greet', '--backend', 'nosuch'], /--backend takes/],
    [['rum'], /unknown command 'rum'/],
  ])('%j is exit 2 with words', async (args, words) => {
    const cwd = await workspaceOf({ 'greet.prompt.yaml': greet });
    const run = await runCli(args, { cwd });
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(words);
    expect(run.stdout).toBe('');
  });
});

test('a program that the workspace names needs consent', async () => {
  const cwd = await workspaceOf({
    'greet.prompt.yaml': greet,
    'answer.mjs': 'process.stdin.resume(); process.stdin.on("end", () => console.log("from the program"));',
    '.vscode/settings.json': '{"promptly.executors": {"mine": {"command": "node", "args": ["answer.mjs"]}}}',
  });
  const args = ['run', 'greet', '--backend', 'custom:mine', '--var', 'who=x'];
  const refused = await runCli(args, { cwd });
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('--yes');
  expect(await runCli([...args, '--yes'], { cwd })).toMatchObject({ code: 0, stdout: 'from the program\n' });
});

describe('what a run leaves on disk', () => {
  test('its document is the one that --json prints, and git does not see it', async () => {
    const cwd = await workspaceOf({ 'greet.prompt.yaml': greet });
    const run = await runCli(['run', 'greet', '--backend', 'scripted', '--var', 'who=Ada', '--json'], {
      cwd,
    });
    const [folder = ''] = await readdir(path.join(cwd, '.promptly', 'runs'));
    const stored = await readFile(path.join(cwd, '.promptly', 'runs', folder, 'report.json'), 'utf8');
    expect(JSON.parse(stored)).toEqual(JSON.parse(run.stdout));
    expect(await readFile(path.join(cwd, '.promptly', '.gitignore'), 'utf8')).toMatch(/^\*$/m);
  });

  test('a repeated call costs nothing, --replay never calls, --no-cache always does', async () => {
    const cwd = await workspaceOf({ 'greet.prompt.yaml': greet });
    const server = await startFaultServer();
    try {
      const args = ['run', 'greet', '--backend', 'ollama', '--model', 'm', '--var', 'who=Ada', '--json'];
      const environment = { OLLAMA_HOST: server.url };
      const chats = (): number => server.calls().filter((call) => call.path.includes('chat')).length;
      const missed = await runCli([...args, '--replay'], { cwd, environment });
      expect(JSON.parse(missed.stdout)).toMatchObject({ failure: { code: 'not-recorded' } });
      expect(chats()).toBe(0);
      const first = await runCli(args, { cwd, environment });
      expect(JSON.parse(first.stdout)).toMatchObject({ success: true, cached: false });
      const second = await runCli([...args, '--replay'], { cwd, environment });
      expect(JSON.parse(second.stdout)).toMatchObject({ success: true, cached: true });
      expect(chats()).toBe(1);
      await runCli([...args, '--no-cache'], { cwd, environment });
      expect(chats()).toBe(2);
    } finally {
      await server.close();
    }
  });
});
