import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../../src/hosts/vscode/extensionApi.ts';
import type { FaultServer } from '../../support/faultServer/startFaultServer.ts';
import { editorOnServer, type EditorOnServer } from '../support/editorOnServer.ts';
import type { EditorUser } from '../support/editorUser.ts';
import { fileUri, run, until, write } from '../support/workbench.ts';

const second = 1;

describe('running a prompt in one of several folders', () => {
  let around: EditorOnServer;
  let api: ExtensionApi;
  let server: FaultServer;
  let user: EditorUser;

  before(async () => {
    around = await editorOnServer({ models: ['test-model', 'model-of-second'] });
    ({ api, server, user } = around);
  });
  beforeEach(() => around.reset());
  after(() => around.end());

  it('reads beside the prompt, and records in its folder', async () => {
    await write('facts.txt', 'The ferry is closed.', second);
    const text =
      'name: with-file\nvariables:\n  facts:\n    file: facts.txt\nmessages:\n  - role: user\n    content: Shorten {{facts}}\n';
    const outcome = await run(await write('with-file.prompt.yaml', text, second), { inputs: {} });
    assert.equal(outcome.state, 'finished', outcome.failure?.message);
    assert.match(JSON.stringify(server.calls().at(-1)?.body), /Shorten The ferry is closed\./);
    const runs = await vscode.workspace.fs.readDirectory(fileUri('.promptly/runs', second));
    assert.equal(runs.length, 1);
    await assert.rejects(Promise.resolve(vscode.workspace.fs.stat(fileUri('.promptly/runs'))));
  });

  it('says in which folder the wrong file is', async () => {
    await run(fileUri('second.prompt.yaml', second), { inputs: {} });
    const notice = await until('a message', () => user.notices[0]);
    assert.match(notice.message, /^second\/second\.prompt\.yaml:4:\d+: .*"word"/);
    assert.match(api.outputText(), /\nsecond\/second\.prompt\.yaml:4:\d+ error /);
  });

  it('obeys the settings of its folder, and the status bar shows those of the file in front', async () => {
    await write('.vscode/settings.json', '{ "promptly.ollama.model": "model-of-second" }', second);
    const uri = fileUri('second.prompt.yaml', second);
    const model = (): unknown => vscode.workspace.getConfiguration('promptly', uri).get('ollama.model');
    await until('the setting', () => model() === 'model-of-second');
    await run(uri, { inputs: { word: 'x' } });
    assert.equal(server.calls().at(-1)?.body?.['model'], 'model-of-second');
    await vscode.window.showTextDocument(uri);
    await until('the second’s model', () => api.statusText().includes('model-of-second'));
    // A choice made here is one for this folder, else it would change nothing.
    await vscode.commands.executeCommand('promptly.useModel', { backend: 'ollama', model: 'test-model' });
    await until('the choice', () => model() === 'test-model');
    await vscode.window.showTextDocument(fileUri('first.prompt.yaml'));
    await until('the first’s', () => !api.statusText().includes('model-of-second'));
  });
});
