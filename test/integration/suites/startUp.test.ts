import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('start-up in a single folder', () => {
  it('runs in an editor at least as new as the manifest asks for', () => {
    const [major = 0, minor = 0] = vscode.version.split('.').map(Number);
    assert.ok(major > 1 || minor >= 110, vscode.version);
  });

  it('opens the workspace as trusted', () => {
    assert.equal(vscode.workspace.isTrusted, true);
    assert.equal(vscode.workspace.workspaceFolders?.length, 1);
  });

  it('activates the extension', async () => {
    const extension = vscode.extensions.getExtension('promptly.promptly');
    assert.ok(extension, 'the extension is not there');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });
});
