import * as vscode from 'vscode';
import { isThere } from '../isThere.ts';
import { t } from '../l10n.ts';

/** undefined: it is not there or cannot be read. */
export async function openPromptFile(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  // The editor remembers texts for minutes: one that nobody sees is not run when its file has gone.
  if (!isShown(uri) && !(await isThere(uri))) return undefined;
  return vscode.workspace.openTextDocument(uri).then(undefined, () => undefined);
}

const isShown = (uri: vscode.Uri): boolean =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .some(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString());

/** True when the user wants to choose another. */
export async function presentMissingFile(uri: vscode.Uri): Promise<boolean> {
  const choose = t('Choose Prompt');
  const path = vscode.workspace.asRelativePath(uri);
  const message = t('{0} cannot be opened. It may have been renamed, moved or deleted.', path);
  return (await vscode.window.showErrorMessage(message, choose)) === choose;
}
