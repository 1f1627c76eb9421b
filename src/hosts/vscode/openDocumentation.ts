import * as vscode from 'vscode';

/** `Promptly: Open Documentation`: the pages that come with the extension; they need no network. */
export async function openDocumentation(extensionUri: vscode.Uri): Promise<void> {
  await vscode.commands.executeCommand(
    'markdown.showPreview',
    vscode.Uri.joinPath(extensionUri, 'docs', 'README.md'),
  );
}
