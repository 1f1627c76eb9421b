import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('start-up in a multi-root workspace', () => {
  it('has both folders', () => {
    const names = vscode.workspace.workspaceFolders?.map((folder) => folder.name);
    assert.deepEqual(names, ['first', 'second']);
  });

  it('activates the extension', async () => {
    const extension = vscode.extensions.getExtension('promptly.promptly');
    assert.ok(extension, 'the extension is not there');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });
});
