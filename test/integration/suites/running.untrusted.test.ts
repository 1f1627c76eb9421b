import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { EditorUser } from '../support/editorUser.ts';
import { activated, fileUri, run, until } from '../support/workbench.ts';

describe('in an untrusted workspace', () => {
  it('refuses to run and offers to manage trust; the language features work', async () => {
    await activated();
    const user = new EditorUser();
    const uri = fileUri('greeting.prompt.yaml');
    const outcome = await run(uri, { inputs: { name: 'Ada' } });
    assert.equal(outcome.failure?.code, 'untrusted');
    const notice = await until('a message', () => user.notices[0]);
    user.leave();
    assert.match(notice.message, /not trusted/);
    assert.deepEqual(notice.buttons, ['Manage Workspace Trust']);
    await vscode.workspace.openTextDocument(uri);
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
      'vscode.executeCodeLensProvider',
      uri,
    );
    assert.deepEqual(
      lenses.map((lens) => lens.command?.title),
      ['$(play) Run', 'Run with…', 'A/B Test…', 'Compare with HEAD'],
    );
  });
});
