import * as vscode from 'vscode';

const scheme = 'promptly-output';
/** As package.json names it for the actions in the editor's title. */
export const proposalScheme = 'promptly-proposal';
/** Documents that were closed are forgotten by then; the newest are kept. */
const keptDocuments = 40;

/** Outputs of a run as read-only documents: nothing to save, nothing on disk. */
export class OutputDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly registration: vscode.Disposable;
  private next = 1;

  constructor() {
    this.registration = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.workspace.registerTextDocumentContentProvider(proposalScheme, this),
    );
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? '';
  }

  async open(title: string, text: string): Promise<void> {
    const document = await vscode.workspace.openTextDocument(this.add(title, text));
    await vscode.window.showTextDocument(document, { preview: true, viewColumn: vscode.ViewColumn.Active });
  }

  async compare(
    title: string,
    left: readonly [string, string],
    right: readonly [string, string],
  ): Promise<void> {
    await vscode.commands.executeCommand('vscode.diff', this.add(...left), this.add(...right), title, {
      preview: true,
    });
  }

  /** A text that a file may become: the editor's title has Accept and Discard for it. */
  addProposal(title: string, text: string): vscode.Uri {
    return this.add(title, text, 'yaml', proposalScheme);
  }

  dispose(): void {
    this.registration.dispose();
    this.texts.clear();
  }

  /** The ending says which language the editor takes it for. */
  add(title: string, text: string, ending = 'md', kind = scheme): vscode.Uri {
    const name = title.replace(/[\\/:*?"<>|\s]+/g, ' ').trim() || 'output';
    const uri = vscode.Uri.from({ scheme: kind, path: `/${this.next}/${name}.${ending}` });
    this.next += 1;
    this.texts.set(uri.toString(), text);
    for (const old of [...this.texts.keys()].slice(0, -keptDocuments)) this.texts.delete(old);
    return uri;
  }
}
