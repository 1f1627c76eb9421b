import * as vscode from 'vscode';
import type { PromptIndex } from '../promptIndex.ts';

/** Lets menus ask which folders hold prompts, somewhere below (`resourcePath in promptly.promptFolders`). */
export function followPromptFolders(index: PromptIndex): vscode.Disposable {
  let known = '';
  const tell = (): void => {
    const folders = [...foldersOf(index)].sort();
    const now = folders.join('\n');
    if (now === known) return;
    known = now;
    void vscode.commands.executeCommand('setContext', 'promptly.promptFolders', folders);
  };
  void index.ready().then(tell);
  return index.onDidChange(tell);
}

function foldersOf(index: PromptIndex): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const { place } of index.all()) {
    const top = vscode.workspace.getWorkspaceFolder(place)?.uri;
    if (top === undefined) continue;
    for (let at = place; at.path.length > top.path.length;) {
      at = vscode.Uri.joinPath(at, '..');
      // The window may write paths in another way than this side: Windows looking at a folder of Linux.
      folders.add(at.fsPath).add(at.path).add(at.path.replaceAll('/', '\\'));
    }
  }
  return folders;
}
