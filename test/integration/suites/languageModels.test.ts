import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../../src/hosts/vscode/extensionApi.ts';
import { EditorUser } from '../support/editorUser.ts';
import { activated, run, set, until, write } from '../support/workbench.ts';

/** What the fixture extension `fakeModels` tells and lets be chosen. */
interface FakeModels {
  mode: 'answer' | 'hang' | 'quota' | 'refuse';
  readonly started: number;
  readonly cancelled: number;
  readonly seen: readonly { readonly role: number; readonly text: string }[];
}

const prompt = `name: by-the-editor
backend: copilot
model: test-chat
modelParameters:
  temperature: 0.5
messages:
  - role: system
    content: Be kind.
  - role: user
    content: Greet {{who}}.
`;

describe('the language models of the editor', () => {
  let api: ExtensionApi;
  let models: FakeModels;
  let user: EditorUser;
  let uri: vscode.Uri;

  before(async () => {
    api = await activated();
    const extension = vscode.extensions.getExtension<FakeModels>('promptly-test.fake-models');
    assert.ok(extension, 'the extension that offers the model is not there');
    models = await extension.activate();
    user = new EditorUser();
    // Each test means to reach the model.
    await set('cache.enabled', false);
    uri = await write('editor-model.prompt.yaml', prompt);
    await until('the model', async () => (await vscode.lm.selectChatModels({ id: 'test-chat' })).length > 0);
  });
  beforeEach(() => {
    user.notices.length = 0;
    models.mode = 'answer';
  });
  after(async () => {
    user.leave();
    await set('cache.enabled', undefined);
  });

  it('answer, the system message first; parameters they do not take are named', async () => {
    const outcome = await run(uri, { inputs: { who: 'Ada' } });
    assert.equal(outcome.state, 'finished', outcome.failure?.message);
    assert.equal(outcome.output, 'Hello from the editor');
    assert.deepEqual(
      models.seen.map(({ text }) => text),
      ['Be kind.', 'Greet Ada.'],
    );
    assert.match(api.outputText(), /Backend: Copilot \(VS Code language models\) · Model: test-chat/);
    assert.match(api.outputText(), /Not applied: temperature \(VS Code language models do not take it\)/);
    assert.match(api.outputText(), /tokens 14 in, 21 out/);
  });

  it('stop when the run is cancelled, and what had arrived is kept', async () => {
    models.mode = 'hang';
    const running = run(uri, { inputs: { who: 'Ada' } });
    await until('the text', () => /Hello from the editor$/.test(api.outputText()));
    const began = Date.now();
    await vscode.commands.executeCommand('promptly.cancelRun');
    const outcome = await running;
    const tookMs = Date.now() - began;
    assert.equal(outcome.state, 'cancelled');
    assert.equal(outcome.output, 'Hello from the editor');
    assert.ok(tookMs < 200, `cancelling took ${tookMs} ms`);
    await until('the provider to hear of it', () => models.cancelled === 1);
  });

  it('say what failed in words of ours', async () => {
    models.mode = 'refuse';
    const refused = await run(uri, { inputs: { who: 'Ada' } });
    assert.equal(refused.failure?.code, 'unauthorized', refused.failure?.message);
    const missing = await run(uri, { inputs: { who: 'Ada' }, backend: 'copilot', model: 'no-such-model' });
    assert.equal(missing.failure?.code, 'model-not-found');
    assert.match(missing.failure.message, /no-such-model/);
  });
});
