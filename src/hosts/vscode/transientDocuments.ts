import * as vscode from 'vscode';

/** Texts that are in no file, under a scheme of their own. Read-only, nothing on disk; forgotten when they are closed. */
export class TransientDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly scheme: string;
  private readonly texts = new Map<string, string>();
  private readonly registrations: readonly vscode.Disposable[];
  private next = 1;

  constructor(scheme: string) {
    this.scheme = scheme;
    this.registrations = [
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.texts.delete(uri.toString())),
    ];
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? '';
  }

  /** `path`: what its tab says. */
  add(path: string, text: string): vscode.Uri {
    const uri = vscode.Uri.from({ scheme: this.scheme, path: `/${path}`, query: String(this.next++) });
    this.texts.set(uri.toString(), text);
    return uri;
  }

  /** Closes the comparisons that show it. */
  async close(uri: vscode.Uri): Promise<void> {
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    const shown = tabs.filter(
      ({ input }) => input instanceof vscode.TabInputTextDiff && input.modified.toString() === uri.toString(),
    );
    await vscode.window.tabGroups.close(shown);
  }

  dispose(): void {
    for (const registration of this.registrations) registration.dispose();
    this.texts.clear();
  }
}
