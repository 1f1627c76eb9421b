import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../../src/hosts/vscode/extensionApi.ts';
import { startFaultServer, type FaultServer } from '../../support/faultServer/startFaultServer.ts';
import { activated, set, until, write } from '../support/workbench.ts';

const greet = `name: agent-greeting
description: Greets for an agent
messages:
  - role: user
    content: Greet {{who}}.
`;

interface Answer {
  readonly text: string;
  readonly data: Record<string, unknown>;
}

/** As another extension calls a tool; the editor asks the user where the tool wants it. */
async function invoke(name: string, input: object, token?: vscode.CancellationToken): Promise<Answer> {
  const { content } = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined }, token);
  const texts = content.filter((part) => part instanceof vscode.LanguageModelTextPart);
  const data = content.find((part) => part instanceof vscode.LanguageModelDataPart);
  return {
    text: texts.map(({ value }) => value).join('\n'),
    data: data === undefined ? {} : (JSON.parse(new TextDecoder().decode(data.data)) as Answer['data']),
  };
}

describe('the tools of agents', () => {
  let api: ExtensionApi;
  let server: FaultServer;

  before(async () => {
    api = await activated();
    server = await startFaultServer({ models: ['test-model'], answer: () => 'Hello, dear agent!' });
    await set('ollama.url', server.url);
    await set('ollama.model', 'test-model');
    await set('defaultBackend', 'ollama');
    await set('cache.enabled', false);
    await write('agent-greeting.prompt.yaml', greet);
    await until('the prompt', async () =>
      (await api.prompts()).some(({ name }) => name === 'agent-greeting'),
    );
  });
  beforeEach(() => {
    server.setFault(null);
  });
  after(async () => {
    for (const name of ['ollama.url', 'ollama.model', 'defaultBackend', 'cache.enabled'])
      await set(name, undefined);
    await server.close();
  });

  it('are there with schemas and words', () => {
    const ours = vscode.lm.tools.filter(({ name }) => name.startsWith('promptly_'));
    assert.deepEqual(ours.map(({ name }) => name).sort(), [
      'promptly_ab_test',
      'promptly_list_prompts',
      'promptly_run_prompt',
    ]);
    for (const { description, inputSchema } of ours) {
      assert.ok(description.length > 80);
      assert.equal((inputSchema as { type: string }).type, 'object');
    }
  });

  it('list the prompts of the workspace', async () => {
    const { text, data } = await invoke('promptly_list_prompts', { kind: 'prompt' });
    assert.match(text, /agent-greeting \(prompt, agent-greeting\.prompt\.yaml\): Greets for an agent/);
    const prompts = data['prompts'] as { name: string; kind: string }[];
    assert.ok(prompts.some(({ name, kind }) => name === 'agent-greeting' && kind === 'prompt'));
  });

  it('run a prompt, which shows in the output as well', async () => {
    const { text, data } = await invoke('promptly_run_prompt', {
      prompt_name: 'agent-greeting',
      inputs: { who: 'Ada' },
    });
    assert.match(text, /^Hello, dear agent!\n\(ollama\/test-model/);
    assert.deepEqual(
      { schemaVersion: data['schemaVersion'], success: data['success'], output: data['output'] },
      { schemaVersion: 1, success: true, output: 'Hello, dear agent!' },
    );
    assert.match(JSON.stringify(server.calls().at(-1)?.body), /Greet Ada\./);
    assert.match(api.outputText(), /agent-greeting \(asked for by an agent\)/);
  });

  it('say what is wrong with the arguments, the name and the run', async () => {
    await assert.rejects(
      invoke('promptly_run_prompt', { prompt_name: 'agent-greting' }),
      /Did you mean "agent-greeting"/,
    );
    await assert.rejects(
      invoke('promptly_run_prompt', { prompt_name: 'agent-greeting' }),
      /"who" has no value/,
    );
    await assert.rejects(
      invoke('promptly_ab_test', { test_name: 'x', variants: ['agent-greeting'], test_inputs: ['a'] }),
      /`variants` must be a list of at least 2/,
    );
    server.setFault('model-not-found');
    const { text, data } = await invoke('promptly_run_prompt', {
      prompt_name: 'agent-greeting',
      inputs: { who: 'Ada' },
    });
    assert.match(text, /^model-not-found: /);
    assert.equal(data['success'], false);
  });

  it('compare prompts and give the verdict in words and as data', async () => {
    const { text, data } = await invoke('promptly_ab_test', {
      test_name: 'agent-test',
      variants: ['agent-greeting', 'Say hello to {{who}}'],
      test_inputs: [{ who: 'Ada' }, { who: 'Bob' }],
      expected: 'Hello, dear agent!',
      evaluators: ['exact-match'],
    });
    assert.match(text, /agent-greeting: .*2 cases, 0 failures/);
    assert.equal(data['test_name'], 'agent-test');
    assert.equal((data['variants'] as unknown[]).length, 2);
    assert.equal(typeof data['sentence'], 'string');
  });

  it('stop at once when they are cancelled, and close the connection', async () => {
    server.setFault('hang-midway');
    const cancel = new vscode.CancellationTokenSource();
    const input = { prompt_name: 'agent-greeting', inputs: { who: 'Ada' } };
    const ending = invoke('promptly_run_prompt', input, cancel.token).then(() => 'answered', String);
    await until('the call', () => server.openCalls() === 1);
    cancel.cancel();
    assert.match(await ending, /cancel/i);
    await until('the connection to close', () => server.openCalls() === 0);
  });
});
