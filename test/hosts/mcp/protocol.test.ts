import { rm, writeFile } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import path from 'node:path';
import {
  LoggingMessageNotificationSchema,
  PromptListChangedNotificationSchema,
  ResourceListChangedNotificationSchema,
  ResourceUpdatedNotificationSchema,
  type Progress,
} from '@modelcontextprotocol/sdk/types.js';
import { describe, expect, test, vi } from 'vitest';
import { startFaultServer } from '../../support/faultServer/startFaultServer.ts';
import { folderOf, openMcp, repositoryRoot } from './openMcp.ts';

const greet =
  'name: greet\ndescription: Says hello\nmessages:\n  - role: system\n    content: Be kind.\n  - role: user\n    content: Greet {{who}} {{how}}\nvariables:\n  who: { description: Whom }\n  how: { default: warmly, enum: [warmly, coolly] }\n';
const patience = { timeout: 5000, interval: 20 };

describe('tools', () => {
  test('names, arguments and annotations are those that are documented', async () => {
    const { client } = await openMcp({});
    const { tools } = await client.listTools();
    const shapes = tools.map(({ name, inputSchema }) => {
      const required = inputSchema.required ?? [];
      const names = Object.keys(inputSchema.properties ?? {});
      return `${name}(${names.map((key) => (required.includes(key) ? key : `${key}?`)).join(', ')})`;
    });
    expect(shapes.sort()).toEqual([
      'promptly_ab_test(test_name, variants, test_inputs, expected?, evaluators?, backend?, model?, repetitions?, confidence?)',
      'promptly_add(name, content, metadata?)',
      'promptly_execute_prompt(prompt_name, inputs?, backend?, model?)',
      'promptly_execute_skill(skill_name, user_input, version?)',
      'promptly_execute_skill_real(skill_name, user_input, backend?, model?)',
      'promptly_get(name, version?)',
      'promptly_list()',
      'promptly_prompt_suggest(prompt_name, goal?)',
      'promptly_skill_add(name, description, instructions?, metadata?)',
      'promptly_skill_add_file(skill_name, filename, content, filetype?)',
      'promptly_skill_get(name, version?)',
      'promptly_skill_list()',
      'promptly_template_install(template_name, skill_name?)',
      'promptly_template_list()',
    ]);
    for (const { outputSchema, description, annotations } of tools) {
      expect(outputSchema?.type).toBe('object');
      expect(description).toBeTruthy();
      expect(annotations).toMatchObject({ readOnlyHint: expect.any(Boolean) as boolean });
    }
    const open = tools.filter(({ annotations }) => annotations?.openWorldHint === true);
    for (const { description } of open) expect(description).toContain('costs money');
    expect(open.map(({ name }) => name)).toContain('promptly_execute_prompt');
  });

  test('50 calls at once are all answered', async () => {
    const server = await startFaultServer({ answer: () => 'Hello', latencyMs: 20 });
    const { call } = await openMcp(
      { 'greet.prompt.yaml': greet },
      { environment: { OLLAMA_HOST: server.url, PROMPTLY_CONCURRENCY: '8' } },
    );
    const results = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        index % 5 === 0
          ? call('promptly_add', { name: `note ${index}`, content: `Text ${index}` })
          : call('promptly_execute_prompt', {
              prompt_name: 'greet',
              inputs: { who: `number ${index}` },
              backend: 'ollama',
            }),
      ),
    );
    expect(results.filter(({ isError }) => isError)).toEqual([]);
    expect(server.calls()).toHaveLength(40);
    const listed = (await call('promptly_list')).data['prompts'] as unknown[];
    expect(listed).toHaveLength(11);
    await server.close();
  });

  test('a long call reports progress', async () => {
    const server = await startFaultServer({ answer: () => 'word '.repeat(40), frameDelayMs: 10 });
    const { call } = await openMcp(
      { 'greet.prompt.yaml': greet },
      { environment: { OLLAMA_HOST: server.url } },
    );
    const seen: Progress[] = [];
    await call(
      'promptly_execute_prompt',
      { prompt_name: 'greet', inputs: { who: 'Ada' }, backend: 'ollama' },
      { onprogress: (progress) => seen.push(progress) },
    );
    expect(seen[0]?.message).toContain('asking ollama/');
    expect(seen.map(({ progress }) => progress)).toEqual(seen.map((_, index) => index + 1));
    await server.close();
  });

  test('a cancelled call ends, closes its connection and leaves the server answering', async () => {
    const server = await startFaultServer({ answer: () => 'word '.repeat(2000), frameDelayMs: 20 });
    const { call } = await openMcp(
      { 'greet.prompt.yaml': greet },
      { environment: { OLLAMA_HOST: server.url } },
    );
    const cancel = new AbortController();
    const args = { prompt_name: 'greet', inputs: { who: 'Ada' }, backend: 'ollama' };
    const ending = call('promptly_execute_prompt', args, { signal: cancel.signal }).catch(String);
    await vi.waitFor(() => expect(server.openCalls()).toBe(1), patience);
    cancel.abort('enough');
    expect(await ending).toContain('enough');
    await vi.waitFor(() => expect(server.openCalls()).toBe(0), patience);
    expect(server.calls()[0]?.answered).toBe(false);
    expect((await call('promptly_list')).isError).toBe(false);
    await server.close();
  });
});

describe('prompts and resources', () => {
  test('prompts have their variables as arguments and compose', async () => {
    const { client } = await openMcp({ 'greet.prompt.yaml': greet });
    const { prompts } = await client.listPrompts();
    expect(prompts).toMatchObject([
      {
        name: 'greet',
        description: 'Says hello',
        arguments: [
          { name: 'who', description: 'Whom', required: true },
          { name: 'how', required: false },
        ],
      },
    ]);
    const got = await client.getPrompt({ name: 'greet', arguments: { who: 'Ada' } });
    expect(got.messages.map(({ content }) => (content.type === 'text' ? content.text : ''))).toEqual([
      'Be kind.',
      'Greet Ada warmly',
    ]);
    await expect(client.getPrompt({ name: 'greet' })).rejects.toThrow('"who" has no value');
    await expect(client.getPrompt({ name: 'gret' })).rejects.toThrow('Did you mean "greet"');
    const { completion } = await client.complete({
      ref: { type: 'ref/prompt', name: 'greet' },
      argument: { name: 'how', value: 'c' },
    });
    expect(completion.values).toEqual(['coolly']);
  });

  test('resources are read by uri', async () => {
    const { client } = await openMcp({
      'greet.prompt.yaml': greet,
      'b.prompt.yaml': 'kind: skill\nname: a b/c\ninstructions: x\n',
    });
    const { resources } = await client.listResources();
    expect(resources.map(({ uri }) => uri).sort()).toEqual([
      'promptly://prompt/greet',
      'promptly://skill/a%20b%2Fc',
    ]);
    const { contents } = await client.readResource({ uri: 'promptly://prompt/greet' });
    expect(contents).toEqual([{ uri: 'promptly://prompt/greet', mimeType: 'application/yaml', text: greet }]);
    await expect(client.readResource({ uri: 'promptly://prompt/x' })).rejects.toThrow('no prompt called "x"');
    await expect(client.readResource({ uri: 'file:///etc/passwd' })).rejects.toThrow('no resource');
  });

  test('changes of files are told', async () => {
    const { client, folder } = await openMcp({ 'sub/greet.prompt.yaml': greet });
    let [lists, prompts] = [0, 0];
    const updated: string[] = [];
    client.setNotificationHandler(ResourceListChangedNotificationSchema, () => void (lists += 1));
    client.setNotificationHandler(PromptListChangedNotificationSchema, () => void (prompts += 1));
    client.setNotificationHandler(ResourceUpdatedNotificationSchema, ({ params }) => {
      updated.push(params.uri);
    });
    await client.subscribeResource({ uri: 'promptly://prompt/greet' });
    const file = path.join(folder, 'sub', 'greet.prompt.yaml');
    await vi.waitFor(async () => {
      await writeFile(file, greet.replace('Be kind', `Be kind ${Math.random()}`));
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(updated).toContain('promptly://prompt/greet');
    }, patience);
    expect([lists, prompts]).toEqual([0, 0]);
    await writeFile(path.join(folder, 'new.prompt.yaml'), greet.replace('name: greet', 'name: new'));
    await vi.waitFor(() => expect([lists, prompts]).toEqual([1, 1]), patience);
    await rm(path.join(folder, 'sub'), { recursive: true });
    await vi.waitFor(() => expect(lists).toBeGreaterThan(1), patience);
  });
});

describe('the process', () => {
  test('warnings of the settings are logged to the client', async () => {
    const { client, call } = await openMcp({ '.vscode/settings.json': '{ "promptly.retries": "many" }' });
    const logged: unknown[] = [];
    client.setNotificationHandler(LoggingMessageNotificationSchema, ({ params }) => {
      logged.push(params.data);
    });
    await call('promptly_list');
    await vi.waitFor(() => expect(String(logged)).toContain('promptly.retries'), patience);
  });

  test('stdout carries the protocol alone, and closing stdin ends it', async () => {
    const folder = await folderOf({ 'greet.prompt.yaml': greet });
    const child = spawn(process.execPath, [
      path.join(repositoryRoot, 'dist', 'mcp.js'),
      '--workspace',
      folder,
    ]);
    let stdout = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    const exit = new Promise((resolve) => child.once('close', resolve));
    child.stdin.write('this is no JSON\n{"jsonrpc":"2.0","id":1,"method":"ping"}\n');
    await vi.waitFor(() => expect(stdout).toContain('"id":1'), patience);
    child.stdin.end();
    expect(await exit).toBe(0);
    for (const line of stdout.trim().split('\n')) expect(JSON.parse(line)).toMatchObject({ jsonrpc: '2.0' });
  });

  test('promptly mcp is the same server', async () => {
    const folder = await folderOf({ 'greet.prompt.yaml': greet });
    const child = spawn(process.execPath, [
      path.join(repositoryRoot, 'dist', 'cli.js'),
      'mcp',
      '--cwd',
      folder,
    ]);
    let stdout = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    const exit = new Promise((resolve) => child.once('close', resolve));
    const request = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'promptly_list' } };
    child.stdin.write(`${JSON.stringify(request)}\n`);
    await vi.waitFor(() => expect(stdout).toContain('greet.prompt.yaml'), patience);
    child.stdin.end();
    expect(await exit).toBe(0);
  });

  test('wrong options are said on stderr', async () => {
    const child = spawn(process.execPath, [path.join(repositoryRoot, 'dist', 'mcp.js'), '--wrkspace', '.']);
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(2);
    expect(stderr).toContain('--workspace');
  });
});
