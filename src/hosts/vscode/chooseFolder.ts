import * as vscode from 'vscode';
import { t } from './l10n.ts';

/** The workspace folder a new file goes to. undefined: dismissed, or none is open (then it says so). */
export async function chooseFolder(): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length > 1) return (await vscode.window.showWorkspaceFolderPick())?.uri;
  if (folders[0] === undefined) {
    const open = t('Open Folder');
    const message = t('Open a folder first: prompt files live in one.');
    if ((await vscode.window.showInformationMessage(message, open)) === open) {
      await vscode.commands.executeCommand('vscode.openFolder');
    }
  }
  return folders[0]?.uri;
}
