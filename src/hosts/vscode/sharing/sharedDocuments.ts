import * as vscode from 'vscode';
import type { SharingNotice } from '../../../core/domain/sharing.ts';
import { t } from '../l10n.ts';

const scheme = 'promptly-sharing';

/** Files of an import before they are written, and what is to be said about one. Read-only, nothing on disk. */
export class SharedDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly registrations: readonly vscode.Disposable[];
  private next = 1;

  constructor() {
    this.registrations = [
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.texts.delete(uri.toString())),
    ];
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? '';
  }

  add(path: string, text: string): vscode.Uri {
    const uri = vscode.Uri.from({ scheme, path: `/${path}`, query: String(this.next++) });
    this.texts.set(uri.toString(), text);
    return uri;
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

  /** Closes the comparisons with it. */
  async close(uri: vscode.Uri): Promise<void> {
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    const shown = tabs.filter(
      ({ input }) => input instanceof vscode.TabInputTextDiff && input.modified.toString() === uri.toString(),
    );
    await vscode.window.tabGroups.close(shown);
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

  dispose(): void {
    for (const registration of this.registrations) registration.dispose();
    this.texts.clear();
  }
}
