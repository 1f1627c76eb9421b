import * as vscode from 'vscode';

/** Menus ask for it: see `editor/title` in package.json. */
export const previewScheme = 'promptly-preview';

/** Texts that are in no file yet, to be compared with one that is. Read-only; forgotten when they are closed. */
export class PreviewDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly registrations: readonly vscode.Disposable[];
  private next = 1;

  constructor() {
    this.registrations = [
      vscode.workspace.registerTextDocumentContentProvider(previewScheme, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.texts.delete(uri.toString())),
    ];
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? '';
  }

  /** `name`: what its tab says. */
  add(name: string, text: string): vscode.Uri {
    const uri = vscode.Uri.from({ scheme: previewScheme, path: `/${name}`, query: String(this.next++) });
    this.texts.set(uri.toString(), text);
    return uri;
  }

  async compare(left: vscode.Uri, right: vscode.Uri, title: string): Promise<void> {
    await vscode.commands.executeCommand('vscode.diff', left, right, title, { preview: true });
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
