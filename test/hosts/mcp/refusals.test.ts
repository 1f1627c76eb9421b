import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { startFaultServer } from '../../support/faultServer/startFaultServer.ts';
import { folderOf, openMcp } from './openMcp.ts';

const greet = 'name: greet\nmessages:\n  - role: user\n    content: Greet {{who}}\n';

describe('what cannot be done is said in words', () => {
  test('unknown names, wrong kinds and malformed arguments', async () => {
    const { call } = await openMcp({ 'greet.prompt.yaml': greet });
    const cases: [string, Record<string, unknown>, RegExp][] = [
      ['promptly_get', { name: 'gret' }, /no prompt.*"gret".*Did you mean "greet"/],
      ['promptly_skill_get', { name: 'greet' }, /"greet" is a prompt, not a skill/],
      ['promptly_get', {}, /`name`[\s\S]*It takes `name` and optionally `version`/],
      ['promptly_get', { nme: 'greet', name: 'x' }, /`nme` is no argument.*Did you mean "name"/],
      ['promptly_get', { name: 7 }, /`name`: invalid input/i],
      ['promptly_execute_prompt', { prompt_name: 'greet' }, /variable "who" has no value/],
      ['promptly_execute_prompt', { prompt_name: 'greet', backend: 'gpt' }, /"gpt" is no backend/],
      ['promptly_execute_prompt', { prompt_name: 'greet', api_key: 'sk-1' }, /`api_key` is no argument/],
      ['promptly_gett', { name: 'greet' }, /no tool "promptly_gett".*Did you mean "promptly_get"/],
      ['promptly_skill_add', { name: 'greet', description: 'd' }, /no skill but a prompt/],
      ['promptly_add', { name: '../x', content: 'c' }, /without slashes/],
      ['promptly_add', { name: '...', content: 'c' }, /cannot name a file/],
    ];
    for (const [tool, args, words] of cases) {
      const result = await call(tool, args);
      expect({ tool, args, isError: result.isError }).toEqual({ tool, args, isError: true });
      expect(result.text).toMatch(words);
    }
  });

  test('a file with errors is refused with its place', async () => {
    const { call } = await openMcp({
      'bad.prompt.yaml': 'name: bad\nmessages:\n  - role: wizard\n    content: x\n',
    });
    const result = await call('promptly_execute_prompt', { prompt_name: 'bad' });
    expect(result).toMatchObject({ isError: true });
    expect(result.text).toMatch(/bad\.prompt\.yaml:3:\d+ error/);
  });

  test('nothing is written outside the workspace, links resolved', async () => {
    const outside = await folderOf({});
    const folder = await folderOf({ 's/s.prompt.yaml': 'kind: skill\nname: s\ninstructions: Do it.\n' });
    await symlink(outside, path.join(folder, 'prompts'), 'junction');
    await symlink(outside, path.join(folder, 's', 'out'), 'junction');
    const { call } = await openMcp(folder);
    const refused = [
      await call('promptly_add', { name: 'x', content: 'c' }),
      await call('promptly_skill_add_file', { skill_name: 's', filename: 'out/x.md', content: 'c' }),
    ];
    for (const filename of [
      '../x.md',
      '/etc/x.md',
      'C:\\x.md',
      'a/../../x.md',
      '.hidden',
      'nul',
      'x.prompt.yaml',
    ]) {
      refused.push(await call('promptly_skill_add_file', { skill_name: 's', filename, content: 'c' }));
    }
    expect(refused.map(({ isError }) => isError)).toEqual(refused.map(() => true));
    expect(refused[0]?.text).toContain('outside the workspace folder');
    expect(await readdir(outside)).toEqual([]);
  });

  test('files of others are not written over', async () => {
    const { call } = await openMcp({
      's/s.prompt.yaml': 'kind: skill\nname: s\ninstructions: Do it.\n',
      's/notes.md': 'mine',
      'prompts/fresh.prompt.yaml': 'name: other\nmessages: [{role: user, content: x}]\n',
    });
    const file = await call('promptly_skill_add_file', {
      skill_name: 's',
      filename: 'notes.md',
      content: 'c',
    });
    expect(file.text).toMatch(/is there already.*nothing was written/);
    const prompt = await call('promptly_add', { name: 'fresh', content: 'c' });
    expect(prompt.text).toMatch(/is there already/);
  });

  test('a failed run has the failure in words and as data', async () => {
    const server = await startFaultServer();
    server.setFault('status-401');
    const { call } = await openMcp(
      { 'greet.prompt.yaml': greet },
      { environment: { ANTHROPIC_BASE_URL: server.url, ANTHROPIC_API_KEY: 'sk-planted-key' } },
    );
    const args = { prompt_name: 'greet', inputs: { who: 'Ada' }, backend: 'claude' };
    const result = await call('promptly_execute_prompt', args);
    expect(result).toMatchObject({
      isError: true,
      data: { success: false, failure: { code: 'unauthorized' } },
    });
    expect(result.text).toContain('unauthorized');
    expect(JSON.stringify(result)).not.toContain('sk-planted-key');
    await server.close();
  });

  test('a call that could cost more than the limit is not sent', async () => {
    const server = await startFaultServer();
    const { call } = await openMcp(
      { 'greet.prompt.yaml': greet, '.vscode/settings.json': '{ "promptly.mcp.maxCostUsd": 0.0001 }' },
      { environment: { ANTHROPIC_BASE_URL: server.url, ANTHROPIC_API_KEY: 'k', OLLAMA_HOST: server.url } },
    );
    const args = { prompt_name: 'greet', inputs: { who: 'Ada' } };
    const paid = await call('promptly_execute_prompt', { ...args, backend: 'claude' });
    expect(paid).toMatchObject({ isError: true });
    expect(paid.text).toMatch(/over-budget.*Nothing was sent/);
    expect(server.calls()).toHaveLength(0);
    const free = await call('promptly_execute_prompt', { ...args, backend: 'ollama' });
    expect(free).toMatchObject({ isError: false });
    await server.close();
  });

  test("a workspace's own programs need --yes", async () => {
    const folder = await folderOf({ 'greet.prompt.yaml': greet });
    await writeFile(path.join(folder, 'exec.mjs'), 'process.stdout.write("from the program");');
    await mkdir(path.join(folder, '.vscode'));
    const settings = { 'promptly.executors': { own: { command: process.execPath, args: ['exec.mjs'] } } };
    await writeFile(path.join(folder, '.vscode', 'settings.json'), JSON.stringify(settings));
    const args = { prompt_name: 'greet', inputs: { who: 'Ada' }, backend: 'custom:own' };
    const refused = await (await openMcp(folder)).call('promptly_execute_prompt', args);
    expect(refused).toMatchObject({ isError: true });
    expect(refused.text).toMatch(/untrusted.*--yes/);
    const allowed = await (await openMcp(folder, { args: ['--yes'] })).call('promptly_execute_prompt', args);
    expect(allowed).toMatchObject({ isError: false, data: { output: 'from the program' } });
  });

  test('a missing workspace folder is a clear result', async () => {
    const folder = await folderOf({});
    const { call } = await openMcp(path.join(folder, 'nowhere'));
    const result = await call('promptly_list');
    expect(result).toMatchObject({ isError: true });
    expect(result.text).toMatch(/cannot be opened.*--workspace/);
  });
});
