import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMcpServer } from '../../../../../src/core/pipeline/mcpClients/addMcpServer.ts';
import { mcpClientIds } from '../../../../../src/core/domain/mcpClientId.ts';
import { mcpClients, printMcpConfig } from '../../../../../src/core/pipeline/mcpClients/mcpClients.ts';

const start = { command: 'node', args: ['/opt/promptly/mcp.js'], env: {}, folder: '/home/ada/project' };
const desktop = mcpClients['claude-desktop'];

function added(text: string, client = desktop, how = start) {
  const result = addMcpServer(text, client, how);
  if (result.status === 'broken') throw new Error(result.message);
  return result;
}

describe('addMcpServer', () => {
  test('writes what each client reads', () => {
    const entries = mcpClientIds.map((id) => JSON.parse(added('', mcpClients[id]).text) as unknown);
    const args = (folder: string) => ['/opt/promptly/mcp.js', '--workspace', folder];
    const anywhere = '${workspaceFolder}';
    expect(entries).toEqual([
      { mcpServers: { promptly: { command: 'node', args: args('/home/ada/project') } } },
      { mcpServers: { promptly: { type: 'stdio', command: 'node', args: args('/home/ada/project') } } },
      { mcpServers: { promptly: { type: 'stdio', command: 'node', args: args(anywhere) } } },
      { servers: { promptly: { type: 'stdio', command: 'node', args: args(anywhere) } } },
    ]);
    for (const id of mcpClientIds) {
      expect(JSON.parse(printMcpConfig(mcpClients[id], start))).toEqual(entries[mcpClientIds.indexOf(id)]);
    }
  });

  test('keeps comments, layout, other servers and other keys', () => {
    const before = [
      '// my own',
      '{',
      '\t"theme": "dark", // not too bright',
      '\t"mcpServers": {',
      '\t\t"files": { "command": "npx" } /* keep */',
      '\t}',
      '}',
      '',
    ].join('\r\n');
    const { text, status, name } = added(before);
    expect({ status, name }).toEqual({ status: 'added', name: 'promptly' });
    expect(text).toContain('// my own');
    expect(text).toContain('"theme": "dark", // not too bright');
    expect(text).toContain('{ "command": "npx" }, /* keep */');
    expect(text).toContain('\r\n\t\t"promptly": {\r\n\t\t\t"command"');
    expect(text.replaceAll('\r\n', '')).not.toContain('\n');
  });

  test('a second time changes nothing; a new place changes our entry and keeps what the user wrote into it', () => {
    const once = added('').text;
    expect(added(once)).toEqual({ status: 'unchanged', text: once, name: 'promptly' });
    const own = { ...(JSON.parse(once) as Record<string, Record<string, object>>) };
    Object.assign(own['mcpServers']!['promptly']!, { env: { ANTHROPIC_API_KEY: 'mine' }, timeout: 9 });
    const moved = added(JSON.stringify(own), desktop, {
      ...start,
      args: ['/new/mcp.js'],
      env: { ELECTRON_RUN_AS_NODE: '1' },
    });
    expect(moved.status).toBe('changed');
    expect(JSON.parse(moved.text)).toEqual({
      mcpServers: {
        promptly: {
          command: 'node',
          args: ['/new/mcp.js', '--workspace', '/home/ada/project'],
          env: { ANTHROPIC_API_KEY: 'mine', ELECTRON_RUN_AS_NODE: '1' },
          timeout: 9,
        },
      },
    });
  });

  test('comments and trailing commas stay where they are', () => {
    const before = '{\n  "mcpServers": {\n    "a": {}, // last one\n  }, // ends\n}\n';
    const { text } = added(before);
    expect(text).toContain('"a": {}, // last one\n    "promptly": {');
    expect(text).toMatch(/\n {4}\}\n {2}\}, \/\/ ends\n\}\n$/);
    const noted = text.replace('"command": "node"', '"command": "old" /* mine */');
    expect(added(noted).text).toBe(text.replace('"command": "node"', '"command": "node" /* mine */'));
  });

  test('another folder gets an entry of its own', () => {
    const other = added(added('').text, desktop, { ...start, folder: 'C:\\Users\\Ada\\Other One' });
    expect(other.name).toBe('promptly-Other-One');
    expect(Object.keys((JSON.parse(other.text) as { mcpServers: object }).mcpServers)).toEqual([
      'promptly',
      'promptly-Other-One',
    ]);
  });

  test('a file that cannot be added to is left alone, with its line', () => {
    expect(addMcpServer('{\n  "mcpServers": {\n', desktop, start)).toMatchObject({
      status: 'broken',
      line: 3,
    });
    expect(addMcpServer('[]', desktop, start)).toMatchObject({ status: 'broken' });
    expect(addMcpServer('{"mcpServers": []}', desktop, start)).toMatchObject({
      status: 'broken',
      message: '"mcpServers" is not an object',
    });
  });

  test('whatever else a file holds is there afterwards, and doing it twice is doing it once', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.boolean(), (rest, pretty) => {
        const kept = Object.fromEntries(Object.entries(rest).filter(([key]) => key !== 'mcpServers'));
        const text = JSON.stringify(kept, null, pretty ? 4 : undefined);
        const once = added(text).text;
        const { mcpServers, ...others } = JSON.parse(once) as Record<string, unknown>;
        expect(others).toEqual(JSON.parse(JSON.stringify(kept)));
        expect(Object.keys(mcpServers as object)).toEqual(['promptly']);
        expect(added(once).text).toBe(once);
      }),
    );
  });
});

test('the files lie where each system keeps them', () => {
  const file = (id: keyof typeof mcpClients, platform: string, environment = {}) =>
    mcpClients[id].file('/work/p', { platform, home: '/home/ada', environment });
  expect(file('claude-desktop', 'linux')).toBe('/home/ada/.config/Claude/claude_desktop_config.json');
  expect(file('claude-desktop', 'linux', { XDG_CONFIG_HOME: '/x' })).toBe(
    '/x/Claude/claude_desktop_config.json',
  );
  expect(file('claude-desktop', 'darwin')).toBe(
    '/home/ada/Library/Application Support/Claude/claude_desktop_config.json',
  );
  expect(file('claude-desktop', 'win32', { APPDATA: 'C:\\Users\\Ada\\AppData\\Roaming' })).toBe(
    'C:\\Users\\Ada\\AppData\\Roaming\\Claude\\claude_desktop_config.json',
  );
  expect(file('claude-code', 'linux')).toBe('/work/p/.mcp.json');
  expect(file('cursor', 'linux')).toBe('/work/p/.cursor/mcp.json');
  expect(file('vscode', 'linux')).toBe('/work/p/.vscode/mcp.json');
});
