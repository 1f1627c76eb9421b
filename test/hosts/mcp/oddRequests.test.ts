import { spawn } from 'node:child_process';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  ProgressNotificationSchema,
  ResourceListChangedNotificationSchema,
  ResourceUpdatedNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';
import * as z from 'zod/v4';
import { describe, expect, test, vi } from 'vitest';
import { startFaultServer } from '../../support/faultServer/startFaultServer.ts';
import { folderOf, openMcp, repositoryRoot } from './openMcp.ts';

const greet = 'name: greet\nmessages:\n  - role: user\n    content: Greet {{who}}\n';
const skill = 'kind: skill\nname: s\ninstructions: Do it.\n';
const patience = { timeout: 10_000, interval: 20 };

/** What the server writes to a client that sends these messages and then closes its end. */
async function rawSession(
  folder: string,
  messages: object[],
  protocolVersion = '2025-06-18',
): Promise<string> {
  const program = path.join(repositoryRoot, 'dist', 'mcp.js');
  const child = spawn(process.execPath, [program, '--workspace', folder]);
  let stdout = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  const exit = new Promise((resolve) => child.once('close', resolve));
  const params = { protocolVersion, capabilities: {}, clientInfo: { name: 'test', version: '1' } };
  const all: { id?: number }[] = [{ id: 1, method: 'initialize', params } as { id: number }, ...messages];
  for (const message of all) child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  const last = all.findLast(({ id }) => id !== undefined)?.id ?? 1;
  await vi.waitFor(() => expect(stdout).toMatch(new RegExp(`"id":${last}\\b[^]*\n`)), patience);
  child.stdin.end();
  await exit;
  return stdout;
}

describe('arguments', () => {
  test('null stands for none, and a value of the wrong form is told which forms there are', async () => {
    const { client, call } = await openMcp({ 'greet.prompt.yaml': greet });
    const params = { name: 'promptly_list', arguments: null };
    const listed = (await client.request({ method: 'tools/call', params }, z.any())) as {
      isError?: boolean;
    };
    expect(listed.isError ?? false).toBe(false);
    const wrong = await call('promptly_execute_prompt', { prompt_name: 'greet', inputs: ['x'] });
    expect(wrong).toMatchObject({ isError: true });
    expect(wrong.text).toContain('`inputs`: expected a text or a map');
  });

  test('that are no object at all are told what was expected', async () => {
    const { client } = await openMcp({ 'greet.prompt.yaml': greet });
    for (const [given, form] of [
      [['greet'], 'an array'],
      ['greet', 'a string'],
      [7, 'a number'],
      [true, 'a boolean'],
    ] as const) {
      const params = { name: 'promptly_get', arguments: given };
      const refused: unknown = await client.request({ method: 'tools/call', params }, z.any());
      expect(refused).toMatchObject({
        isError: true,
        content: [
          {
            text: expect.stringContaining(
              `The arguments of promptly_get do not fit: they are ${form}, and must be an object`,
            ) as string,
          },
        ],
      });
    }
  });

  test('names in any script, in either Unicode form; none that turn the text around', async () => {
    const { call } = await openMcp({ 's.prompt.yaml': skill });
    const add = (name: string) => call('promptly_add', { name, content: 'Hi {{who}}' });
    expect(await add('日本語の挨拶')).toMatchObject({ data: { file: 'prompts/日本語の挨拶.prompt.yaml' } });
    expect(await add('Grüße')).toMatchObject({ data: { file: 'prompts/Grusse.prompt.yaml' } });
    for (const form of ['NFC', 'NFD']) {
      const found = await call('promptly_get', { name: 'Grüße'.normalize(form) });
      expect(found).toMatchObject({ isError: false, data: { name: 'Grüße'.normalize('NFC') } });
    }
    expect(await add('Grüße'.normalize('NFD'))).toMatchObject({ data: { created: false } });
    for (const name of ['a\u202Eb', 'a\u0007', ' a', '👋', '../a', 'x'.repeat(121)]) {
      const refused = await add(name);
      expect({ name, isError: refused.isError }).toEqual({ name, isError: true });
      expect(refused.text).toMatch(/turn the direction|one line|neither begins|cannot name a file|too big/);
    }
    for (const name of ['__proto__', 'constructor', '../../etc/passwd', 'greet\0']) {
      expect((await call('promptly_get', { name })).text).toContain('There is no prompt');
    }
  });

  test('a prompt that could not be read again is not written, and one without a text neither', async () => {
    const { call, folder } = await openMcp({ 'greet.prompt.yaml': greet });
    const huge = 'x '.repeat(600_000);
    for (const name of ['huge', 'greet']) {
      const refused = await call('promptly_add', { name, content: huge });
      expect(refused).toMatchObject({ isError: true });
      expect(refused.text).toMatch(/would have 12\d{5} bytes.*may have 1048576; nothing was written/);
    }
    expect(await readFile(path.join(folder, 'greet.prompt.yaml'), 'utf8')).toBe(greet);
    expect((await call('promptly_add', { name: 'blank', content: ' \n' })).text).toContain('needs a text');
  });
});

describe('large messages', () => {
  test('a large request is read, and a result no client would take is an error in words', async () => {
    const { call } = await openMcp({ 's.prompt.yaml': skill });
    const large = await call('promptly_execute_skill', {
      skill_name: 's',
      user_input: 'z'.repeat(11 * 1024 * 1024),
    });
    expect(large).toMatchObject({ isError: true });
    expect(large.text).toMatch(/message of 33\.\d MiB, and clients take 8: it was not sent/);
    const fine = await call('promptly_execute_skill', { skill_name: 's', user_input: 'z'.repeat(1_000_000) });
    expect(fine.isError).toBe(false);
  });

  test('one that is too long for the server ends it, with a word on stderr', async () => {
    const folder = await folderOf({});
    const child = spawn(process.execPath, [
      path.join(repositoryRoot, 'dist', 'mcp.js'),
      '--workspace',
      folder,
    ]);
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.stdin.on('error', () => undefined);
    const exit = new Promise((resolve) => child.once('close', resolve));
    child.stdin.write('z'.repeat(17 * 1024 * 1024));
    expect(await exit).toBe(1);
    expect(stderr).toBe('promptly mcp: a message of more than 16 MiB arrived; the server has ended.\n');
  });
});

describe('writing', () => {
  test('many changes of one prompt and one skill at once lose none, and keep comments and line ends', async () => {
    const kept = (text: string) => text.replaceAll('\n', '\r\n');
    const { call, folder } = await openMcp({
      'greet.prompt.yaml': kept(`# ours\n${greet.replace('name: greet', 'name: greet # short')}# the end\n`),
      's/s.prompt.yaml': kept(`# a skill\n${skill}files: # attached\n  - a.md # first\n`),
      's/a.md': 'a',
    });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => [
        call('promptly_add', { name: 'greet', content: `Greet {{who}} ${index}` }),
        call('promptly_skill_add_file', { skill_name: 's', filename: `f${index}.md`, content: `${index}` }),
      ]).flat(),
    );
    expect(answers.filter(({ isError }) => isError)).toEqual([]);
    const prompt = await readFile(path.join(folder, 'greet.prompt.yaml'), 'utf8');
    expect(prompt).toBe(
      kept(
        `# ours\n${greet.replace('name: greet', 'name: greet # short').replace('{{who}}', '{{who}} 19')}# the end\n`,
      ),
    );
    const attached = await readFile(path.join(folder, 's', 's.prompt.yaml'), 'utf8');
    expect(attached).toContain('files: # attached\r\n  - a.md # first\r\n');
    expect(attached.replaceAll('\r\n', '')).not.toContain('\n');
    const files = (await call('promptly_skill_get', { name: 's' })).data['files'] as unknown[];
    expect(files).toHaveLength(21);
  });

  test('where the disk lets nothing be written, what and why is said', async () => {
    const { call } = await openMcp({ prompts: 'a file', 's/s.prompt.yaml': skill });
    const blocked = await call('promptly_add', { name: 'x', content: 'Hi' });
    expect(blocked).toMatchObject({ isError: true });
    expect(blocked.text).toMatch(
      /^prompts\/x\.prompt\.yaml cannot be written \(a file is where its folder would be, \w+\); it is as it was\.$/,
    );
    const long = await call('promptly_skill_add_file', {
      skill_name: 's',
      filename: `${'語'.repeat(150)}.md`,
      content: 'x',
    });
    if (process.platform !== 'win32') expect(long.text).toMatch(/too long for this disk, ENAMETOOLONG/);
  });

  test('without git there are no versions, and the words say so', async () => {
    const { call } = await openMcp({ 'greet.prompt.yaml': greet });
    for (const version of ['HEAD', '', '--output=x']) {
      const refused = await call('promptly_get', { name: 'greet', version });
      expect(refused).toMatchObject({ isError: true });
      expect(refused.text).toContain('is not in a git repository');
    }
  });
});

describe('the protocol', () => {
  test('errors of requests without results say their words once', async () => {
    const { client } = await openMcp({ 'greet.prompt.yaml': greet });
    const requests: [() => Promise<unknown>, RegExp][] = [
      [() => client.listPrompts({ cursor: 'x' }), /^MCP error -32602: This cursor is not from this server\./],
      [
        () => client.readResource({ uri: 'promptly://prompt/none' }),
        /^MCP error -32602: There is no prompt called/,
      ],
      [() => client.subscribeResource({ uri: 'promptly://chain/x' }), /^MCP error -32602: "promptly:/],
      [() => client.getPrompt({ name: 'greet' }), /^MCP error -32602: .*[\s\S]*"who" has no value/],
      [
        () =>
          client.complete({ ref: { type: 'ref/prompt', name: 'no' }, argument: { name: 'a', value: '' } }),
        /^MCP error -32602: There is no prompt or skill called "no"/,
      ],
      [() => client.request({ method: 'prompts/none' }, z.any()), /-32601/],
    ];
    for (const [request, words] of requests) await expect(request()).rejects.toThrow(words);
  });

  test('pages follow each other without gaps', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 620 }, (_, index) => [
        `p${index}.prompt.yaml`,
        greet.replace('name: greet', `name: p${index}`),
      ]),
    );
    const { client } = await openMcp(files);
    const first = await client.listResources();
    expect(first.resources).toHaveLength(500);
    const second = await client.listResources({ cursor: first.nextCursor });
    expect(second.nextCursor).toBeUndefined();
    expect(new Set([...first.resources, ...second.resources].map(({ uri }) => uri)).size).toBe(620);
  });

  test('each client gets the version of the protocol it asks for, or the newest', async () => {
    for (const [asked, given] of [
      ['2024-11-05', '2024-11-05'],
      ['2025-06-18', '2025-06-18'],
      ['1999-01-01', /^20(2[5-9]|3\d)-/],
    ] as const) {
      const folder = await folderOf({ 'greet.prompt.yaml': greet });
      const [first = ''] = (await rawSession(folder, [], asked)).split('\n');
      const { result } = JSON.parse(first) as { result: { protocolVersion: string } };
      if (typeof given === 'string') expect(result.protocolVersion).toBe(given);
      else expect(result.protocolVersion).toMatch(given);
    }
  });

  test('messages below the level a client sets are not sent', async () => {
    const folder = await folderOf({ '.vscode/settings.json': '{ "promptly.retries": "many" }' });
    const answered = (level: string) =>
      rawSession(folder, [
        { id: 2, method: 'logging/setLevel', params: { level } },
        { method: 'notifications/initialized' },
        { id: 3, method: 'tools/call', params: { name: 'promptly_list' } },
      ]);
    expect(await answered('warning')).toContain('promptly.retries');
    expect(await answered('error')).not.toContain('promptly.retries');
    expect(await answered('loud')).toMatch(/"id":2,"error"/);
  });

  test('progress goes to those who ask for it, and by their token', async () => {
    const server = await startFaultServer({ answer: () => 'word '.repeat(20), frameDelayMs: 5 });
    const { client } = await openMcp(
      { 'greet.prompt.yaml': greet },
      { environment: { OLLAMA_HOST: server.url } },
    );
    const tokens: unknown[] = [];
    client.setNotificationHandler(ProgressNotificationSchema, ({ params }) => {
      tokens.push(params.progressToken);
    });
    const run = (meta: object) =>
      client.request(
        {
          method: 'tools/call',
          params: {
            name: 'promptly_execute_prompt',
            arguments: { prompt_name: 'greet', inputs: { who: 'Ada' }, backend: 'ollama' },
            ...meta,
          },
        },
        z.any(),
      );
    await run({});
    expect(tokens).toEqual([]);
    await run({ _meta: { progressToken: 'mine' } });
    expect(tokens.length).toBeGreaterThan(0);
    expect(new Set(tokens)).toEqual(new Set(['mine']));
    await server.close();
  });

  test('a subscribed file that moves, changes its name or goes is told', async () => {
    const { client, folder } = await openMcp({ 'a/greet.prompt.yaml': greet, 'b/other.md': '' });
    const updated: string[] = [];
    let lists = 0;
    client.setNotificationHandler(ResourceUpdatedNotificationSchema, ({ params }) => {
      updated.push(params.uri);
    });
    client.setNotificationHandler(ResourceListChangedNotificationSchema, () => void (lists += 1));
    const uri = 'promptly://prompt/greet';
    await client.subscribeResource({ uri });
    const moved = path.join(folder, 'b', 'greet.prompt.yaml');
    await rename(path.join(folder, 'a', 'greet.prompt.yaml'), moved);
    await vi.waitFor(() => expect(updated).toContain(uri), patience);
    await writeFile(moved, greet.replace('name: greet', 'name: welcome'));
    await vi.waitFor(() => expect(lists).toBeGreaterThan(0), patience);
    await expect(client.readResource({ uri })).rejects.toThrow('no prompt called "greet"');
    const before = lists;
    await rm(moved);
    await vi.waitFor(() => expect(lists).toBeGreaterThan(before), patience);
    expect((await client.listResources()).resources).toEqual([]);
    await client.unsubscribeResource({ uri });
  });
});
