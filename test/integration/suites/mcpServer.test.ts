import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import type { ExtensionApi } from '../../../src/hosts/vscode/extensionApi.ts';
import { startFaultServer, type FaultServer } from '../../support/faultServer/startFaultServer.ts';
import { activated, fileUri, set, until } from '../support/workbench.ts';

describe('the MCP server in the editor', () => {
  let api: ExtensionApi;
  let model: FaultServer;

  before(async () => {
    api = await activated();
    model = await startFaultServer({ models: ['test-model'], answer: () => 'Hello from the model' });
    await set('ollama.url', model.url);
    await set('ollama.model', 'test-model');
    await set('defaultBackend', 'ollama');
  });
  after(async () => {
    for (const name of ['ollama.url', 'ollama.model', 'defaultBackend']) await set(name, undefined);
    await model.close();
  });

  it('answers the official client when it is started as it is offered, with the settings of the editor', async () => {
    const [definition, ...more] = api.mcpServers();
    assert.ok(definition);
    assert.deepEqual(more, []);
    assert.equal(definition.label, 'Promptly');
    assert.equal(definition.args.at(-1), fileUri('').fsPath.replace(/\/$/, ''));
    const env = Object.fromEntries(
      Object.entries(definition.env).map(([key, value]) => [key, String(value)]),
    );
    assert.equal(env['PROMPTLY_OLLAMA_URL'], model.url);
    const client = new Client({ name: 'test', version: '1' });
    await client.connect(
      new StdioClientTransport({ command: definition.command, args: [...definition.args], env }),
    );
    try {
      assert.equal((await client.listTools()).tools.length, 14);
      const ran = await client.callTool({
        name: 'promptly_execute_prompt',
        arguments: { prompt_name: 'greeting', inputs: { name: 'Ada' }, model: 'test-model' },
      });
      assert.match(JSON.stringify(ran.content), /Hello from the model/);
    } finally {
      await client.close();
    }
  });

  it('is found by the editor, started by it, and its tools are there for agents', async () => {
    const ours = () => vscode.lm.tools.filter(({ name }) => /^mcp_.*promptly_/.test(name));
    assert.deepEqual(ours(), []);
    await vscode.commands.executeCommand('workbench.mcp.startServer', 'promptly.promptly/Promptly', {
      waitForLiveTools: true,
    });
    const tools = await until('the tools', () => ours().length === 14 && ours());
    const list = tools.find(({ name }) => name.endsWith('promptly_list'));
    assert.ok(list, tools.map(({ name }) => name).join());
    const call = { input: {}, toolInvocationToken: undefined };
    const { content } = await vscode.lm.invokeTool(list.name, call);
    assert.match(JSON.stringify(content), /greeting\.prompt\.yaml/);
    await vscode.commands.executeCommand('workbench.mcp.stopServer', 'promptly.promptly/Promptly');
  });
});
