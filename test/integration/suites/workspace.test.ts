import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../../src/hosts/vscode/extensionApi.ts';
import { activated, fileUri, set, until, write } from '../support/workbench.ts';

const prompt = (name: string): string =>
  `name: ${name}\nmessages:\n  - role: user\n    content: Say something about {{topic}}.\n`;

describe('the workspace', () => {
  let api: ExtensionApi;
  const names = async (): Promise<readonly string[]> => (await api.prompts()).map(({ name }) => name);

  before(async () => {
    api = await activated();
  });

  it('activates without waiting for anything and knows the prompts', async () => {
    // The budget is 30 ms on an idle machine; other work here may take the processor away in between.
    assert.ok(api.activationMs < 500, `activate took ${api.activationMs} ms of its own`);
    assert.ok((await names()).includes('greeting'));
  });

  it('follows files that are added, changed, renamed and deleted', async () => {
    const uri = await write('folder/added.prompt.yaml', prompt('added'));
    await until('the new file', async () => (await names()).includes('added'));
    await write('folder/added.prompt.yaml', prompt('changed'));
    await until('the change', async () => (await names()).includes('changed'));
    const moved = fileUri('elsewhere/moved.prompt.yaml');
    await vscode.workspace.fs.rename(uri, moved);
    await until('the new place', async () =>
      (await api.prompts()).some(({ name, file }) => name === 'changed' && file === moved.fsPath),
    );
    await vscode.workspace.fs.delete(moved);
    await until('its end', async () => !(await names()).includes('changed'));
  });

  it('knows its prompts still when a folder went while it was searched', async () => {
    const { findFiles } = vscode.workspace;
    let searches = 0;
    const failing = (): Promise<never> => {
      searches += 1;
      return Promise.reject(new Error('spawn rg ENOENT'));
    };
    Object.assign(vscode.workspace, { findFiles: failing });
    try {
      await vscode.workspace.fs.createDirectory(fileUri('brief'));
      await until('the search', () => searches > 0);
    } finally {
      Object.assign(vscode.workspace, { findFiles });
      await vscode.workspace.fs.delete(fileUri('brief'), { recursive: true });
    }
    assert.ok((await names()).includes('greeting'));
  });

  it('shows in the status bar which backend answers', async () => {
    await set('defaultBackend', 'ollama');
    await set('ollama.model', 'some-model:1b');
    await until('the text', () => api.statusText().includes('ollama · some-model:1b'));
    await vscode.commands.executeCommand('promptly.selectBackend', 'auto');
    await until('the change', () => api.statusText().includes('auto'));
    await set('ollama.model', undefined);
    await set('defaultBackend', undefined);
  });

  it('offers a quick fix that mends the file', async () => {
    const text = prompt('single').replace('{{topic}}', '{topic}') + 'testData:\n  - topic: rain\n';
    const uri = await write('single.prompt.yaml', text);
    const editor = await vscode.window.showTextDocument(uri);
    const finding = await until('the warning', () =>
      vscode.languages.getDiagnostics(uri).find(({ message }) => message.includes('topic')),
    );
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      uri,
      finding.range,
    );
    const fix = actions.find(({ edit }) => edit !== undefined);
    assert.ok(fix?.edit, `no fix for "${finding.message}"`);
    await vscode.workspace.applyEdit(fix.edit);
    assert.match(editor.document.getText(), /\{\{topic\}\}/);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.workspace.fs.delete(uri);
  });

  it('has every command of the manifest', async () => {
    const extension = vscode.extensions.getExtension('promptly.promptly');
    const manifest = extension?.packageJSON as { contributes: { commands: { command: string }[] } };
    const known = new Set(await vscode.commands.getCommands(true));
    for (const { command } of manifest.contributes.commands) assert.ok(known.has(command), command);
  });
});
