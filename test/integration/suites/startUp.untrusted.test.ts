import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('start-up in an untrusted workspace', () => {
  it('knows that the workspace is not trusted', () => {
    assert.equal(vscode.workspace.isTrusted, false);
  });
});
