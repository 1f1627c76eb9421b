import * as vscode from 'vscode';

/** The workspace folder that a file lies in; of a file outside all of them, the folder around it. */
export const workspaceFolderOf = (uri: vscode.Uri): vscode.Uri =>
  vscode.workspace.getWorkspaceFolder(uri)?.uri ?? vscode.Uri.joinPath(uri, '..');
