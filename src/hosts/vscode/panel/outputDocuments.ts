import * as vscode from 'vscode';

const scheme = 'promptly-output';
/** Documents that were closed are forgotten by then; the newest are kept. */
const keptDocuments = 40;

/** Outputs of a run as read-only documents: nothing to save, nothing on disk. */
export class OutputDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly registration: vscode.Disposable;
  private next = 1;

  constructor() {
    this.registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
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

  /** A file as it is against a text that it may become; gives back the address of the text. */
  async compareWith(title: string, file: vscode.Uri, right: readonly [string, string]): Promise<vscode.Uri> {
    const proposal = this.add(...right, 'yaml');
    const options = { preview: true, viewColumn: vscode.ViewColumn.One };
    await vscode.commands.executeCommand('vscode.diff', file, proposal, title, options);
    return proposal;
  }

  dispose(): void {
    this.registration.dispose();
    this.texts.clear();
  }

  /** The ending says which language the editor takes it for. */
  add(title: string, text: string, ending = 'md'): vscode.Uri {
    const name = title.replace(/[\\/:*?"<>|\s]+/g, ' ').trim() || 'output';
    const uri = vscode.Uri.from({ scheme, path: `/${this.next}/${name}.${ending}` });
    this.next += 1;
    this.texts.set(uri.toString(), text);
    for (const old of [...this.texts.keys()].slice(0, -keptDocuments)) this.texts.delete(old);
    return uri;
  }
}
