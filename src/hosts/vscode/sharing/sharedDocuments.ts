import * as vscode from 'vscode';
import type { SharingNotice } from '../../../core/domain/sharing.ts';
import { t } from '../l10n.ts';
import { TransientDocuments } from '../transientDocuments.ts';

/** Files of an import before they are written, and what is to be said about one. */
export class SharedDocuments extends TransientDocuments {
  constructor() {
    super('promptly-sharing');
  }

  /** What the workspace has, beside what the import has. */
  async compare(mine: vscode.Uri, path: string, theirs: Uint8Array): Promise<vscode.Uri> {
    const uri = this.add(path, new TextDecoder().decode(theirs));
    await vscode.commands.executeCommand('vscode.diff', mine, uri, t('{0} (here ↔ import)', path), {
      preview: true,
      preserveFocus: true,
    });
    return uri;
  }

  async showNotices(title: string, notices: readonly SharingNotice[]): Promise<void> {
    const lines = notices.map(
      ({ file, line, message }) => `- ${line === null ? file : `${file}:${line}`}: ${message}`,
    );
    const document = await vscode.workspace.openTextDocument(
      this.add(`${title}.md`, `# ${title}\n\n${lines.join('\n')}\n`),
    );
    await vscode.window.showTextDocument(document, { preview: true });
  }
}
