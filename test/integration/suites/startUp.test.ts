import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../../src/hosts/vscode/extensionApi.ts';
import { reportMark } from '../host/reportMark.ts';

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
    const { activationMs } = (await extension.activate()) as ExtensionApi;
    assert.equal(extension.isActive, true);
    console.log(`${reportMark}      activate() took ${activationMs.toFixed(1)} ms of its own`);
    // The target is 30 ms on a quiet machine; this bound only catches work that has no business there.
    assert.ok(activationMs < 300, `activate() took ${activationMs} ms`);
  });
});
