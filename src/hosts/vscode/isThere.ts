import * as vscode from 'vscode';

/** Whether something is at this place. Never rejects. */
export const isThere = async (uri: vscode.Uri): Promise<boolean> =>
  vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
