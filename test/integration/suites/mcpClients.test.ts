import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { EditorUser } from '../support/editorUser.ts';
import { activated, fileUri, until, write } from '../support/workbench.ts';

interface Entry {
  readonly type?: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Record<string, string>;
}

/** The tools that a server started like this offers. */
async function toolsOf({ command, args, env }: Entry, folder: string): Promise<readonly string[]> {
  const client = new Client({ name: 'test', version: '1' });
  const given = args.map((arg) => arg.replace('${workspaceFolder}', folder));
  const environment = { PATH: process.env['PATH'] ?? '', ...env };
  await client.connect(new StdioClientTransport({ command, args: given, env: environment }));
  try {
    return (await client.listTools()).tools.map(({ name }) => name);
  } finally {
    await client.close();
  }
}

describe('agents find the server', () => {
  const original = vscode.window.showQuickPick;
  let user: EditorUser;

  before(async () => {
    await activated();
    user = new EditorUser();
  });
  after(() => {
    user.leave();
    Object.assign(vscode.window, { showQuickPick: original });
  });

  /** Picks what these say, one after the other. */
  function pick(...wanted: readonly RegExp[]): void {
    const left = [...wanted];
    const showQuickPick = (items: readonly vscode.QuickPickItem[]) => {
      const next = left.shift();
      return Promise.resolve(items.find(({ label }) => next?.test(label) === true));
    };
    Object.assign(vscode.window, { showQuickPick });
  }

  it('a client that is told of it in its file can start it; other servers and comments stay', async () => {
    const before = '{\n  // ours\n  "servers": {\n    "other": { "command": "true" }\n  }\n}\n';
    const file = await write('.vscode/mcp.json', before);
    pick(/^VS Code/, /Add it to/, /Write/);
    await vscode.commands.executeCommand('promptly.configureMcpClient');
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    assert.match(text, /\/\/ ours/);
    assert.match(text, /"other": \{ "command": "true" \}/);
    const { servers } = JSON.parse(text.replace('// ours', '')) as { servers: Record<string, Entry> };
    const entry = servers['promptly'];
    assert.equal(entry?.type, 'stdio');
    assert.equal(entry.args.at(-1), '${workspaceFolder}');
    const tools = await toolsOf(entry, fileUri('').fsPath);
    assert.equal(tools.length, 14);
    const said = await until('the message', () => user.notices.at(-1));
    assert.match(said.message, /finds Promptly as "promptly"/);
    pick(/^VS Code/, /Add it to/, /Write/);
    await vscode.commands.executeCommand('promptly.configureMcpClient');
    assert.match(user.notices.at(-1)?.message ?? '', /knows Promptly already/);
    await vscode.workspace.fs.delete(file);
  });

  it('nothing is written when the user leaves it, and a broken file stays as it is', async () => {
    pick(/^Cursor/, /Add it to/, /Leave it/);
    await vscode.commands.executeCommand('promptly.configureMcpClient');
    const cursor = fileUri('.cursor/mcp.json');
    await assert.rejects(async () => vscode.workspace.fs.stat(cursor));
    const broken = await write('.mcp.json', '{ "mcpServers": {');
    pick(/^Claude Code/, /Add it to/, /Write/);
    await vscode.commands.executeCommand('promptly.configureMcpClient');
    assert.match(user.notices.at(-1)?.message ?? '', /line 1: .*Nothing was changed/);
    assert.equal(new TextDecoder().decode(await vscode.workspace.fs.readFile(broken)), '{ "mcpServers": {');
    await vscode.workspace.fs.delete(broken);
  });

  it('the entry can be copied', async () => {
    pick(/^Claude Desktop/, /Copy/);
    await vscode.commands.executeCommand('promptly.configureMcpClient');
    const copied = JSON.parse(await vscode.env.clipboard.readText()) as {
      mcpServers: Record<string, Entry>;
    };
    assert.ok(copied.mcpServers['promptly']?.args.includes('--workspace'));
    assert.doesNotMatch(JSON.stringify(copied), /key/i);
  });
});
