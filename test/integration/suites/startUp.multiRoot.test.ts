import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../../src/hosts/vscode/extensionApi.ts';
import { activated } from '../support/workbench.ts';

/** Resolves when the change has come through. */
async function changeFolders(
  ...change: Parameters<typeof vscode.workspace.updateWorkspaceFolders>
): Promise<void> {
  const changed = new Promise<void>((resolve) => {
    const listener = vscode.workspace.onDidChangeWorkspaceFolders(() => {
      listener.dispose();
      resolve();
    });
  });
  assert.ok(vscode.workspace.updateWorkspaceFolders(...change));
  await changed;
}

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

  it('knows the prompts of its folders when another that is added is not there', async () => {
    const api: ExtensionApi = await activated();
    const before = (await api.prompts()).length;
    const [first] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(first);
    const gone = vscode.Uri.joinPath(first.uri, '..', 'a-disk-that-is-away');
    await changeFolders(2, 0, { uri: gone });
    const during = await api.prompts().catch((error: unknown) => error);
    await changeFolders(2, 1);
    assert.equal(Array.isArray(during) ? during.length : during, before);
    assert.equal((await api.prompts()).length, before);
  });
});
