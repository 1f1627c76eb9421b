import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../../src/hosts/vscode/extensionApi.ts';
import { startFaultServer, type FaultServer } from '../../support/faultServer/startFaultServer.ts';
import { editorOnServer, type EditorOnServer } from '../support/editorOnServer.ts';
import type { EditorUser, Notice } from '../support/editorUser.ts';
import { fileUri, run, set, until, write } from '../support/workbench.ts';

describe('a run that cannot be', () => {
  let around: EditorOnServer;
  let api: ExtensionApi;
  let server: FaultServer;
  let user: EditorUser;
  const said = (): Promise<Notice> => until('a message', () => user.notices[0]);

  before(async () => {
    around = await editorOnServer({ models: ['test-model'] }, { retries: 0 });
    ({ api, server, user } = around);
  });
  beforeEach(() => around.reset());
  after(() => around.end());

  it('says that Ollama is not running and offers to start it', async () => {
    const stopped = await startFaultServer();
    await stopped.close();
    await set('ollama.url', stopped.url);
    const outcome = await run(fileUri('greeting.prompt.yaml'), { inputs: { name: 'Ada' } });
    await set('ollama.url', server.url);
    assert.equal(outcome.failure?.code, 'backend-not-running');
    const notice = await said();
    assert.deepEqual(notice.buttons, ['Start Ollama']);
    assert.match(api.outputText(), /✗ /);
  });

  it('offers to pull a missing model, asks first, and runs again when it is there', async () => {
    server.setAnswer(() => 'pulled and answered');
    server.setFault('model-not-found', 1);
    const pressed: string[] = [];
    user.press = ({ buttons: [button] }) => {
      if (button !== undefined) pressed.push(button);
      return button;
    };
    const outcome = await run(fileUri('greeting.prompt.yaml'), { inputs: { name: 'Ada' } });
    assert.equal(outcome.failure?.code, 'model-not-found');
    await until('the second run', () => api.outputText().includes('pulled and answered'));
    assert.deepEqual(pressed, ['Pull Model', 'Pull']);
    assert.ok(server.requests.some(({ path }) => path === '/api/pull'));
  });

  it('names the place of broken YAML and goes there', async () => {
    const uri = await write(
      'broken.prompt.yaml',
      'name: broken\nmessages:\n  - role: user\n    content: "open\n',
    );
    user.press = ({ buttons }) => buttons[0];
    const outcome = await run(uri);
    assert.equal(outcome.state, 'invalid');
    const notice = await said();
    assert.match(notice.message, /^broken\.prompt\.yaml:\d+:\d+: /);
    assert.deepEqual(notice.buttons, ['Go to Problem']);
    await until('the editor', () => vscode.window.activeTextEditor?.document.uri.path === uri.path);
    await vscode.workspace.fs.delete(uri);
  });

  it('names a missing variable, its file and its line, before any call', async () => {
    const calls = server.calls().length;
    const outcome = await run(fileUri('greeting.prompt.yaml'), { inputs: {} });
    assert.equal(outcome.state, 'invalid');
    const notice = await said();
    assert.match(notice.message, /^greeting\.prompt\.yaml:8:\d+: .*"name"/);
    assert.equal(server.calls().length, calls);
  });

  it('asks before the first online run, then offers to set the key that is missing', async () => {
    user.press = ({ buttons }) => (buttons[0] === 'Run' ? 'Run' : undefined);
    const target = { inputs: { name: 'Ada' }, backend: 'claude', model: 'claude-sonnet-5-5' };
    const outcome = await run(fileUri('greeting.prompt.yaml'), target);
    assert.equal(outcome.failure?.code, 'key-missing', JSON.stringify(outcome));
    await until('two messages', () => user.notices.length === 2);
    assert.match(user.notices[0]?.message ?? '', /Send this prompt to Claude/);
    assert.deepEqual(user.notices[1]?.buttons, ['Set API Key']);
  });

  it('sends nothing online when the user does not agree', async () => {
    const target = { inputs: { name: 'Ada' }, backend: 'openai', model: 'gpt-x' };
    const outcome = await run(fileUri('greeting.prompt.yaml'), target);
    assert.equal(outcome.state, 'cancelled');
  });
});
