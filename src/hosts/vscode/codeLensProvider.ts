import * as vscode from 'vscode';
import { codeLensPlan } from './codeLensPlan.ts';
import type { ParseCache } from './parseCache.ts';

/** Shows `codeLensPlan` on the first line. No I/O: a parse is shared with the other features. */
export class CodeLensProvider implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly cache: ParseCache;
  private readonly isRunning: (uri: vscode.Uri) => boolean;
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly disposables: readonly { dispose(): unknown }[];
  readonly onDidChangeCodeLenses = this.changed.event;

  constructor(
    cache: ParseCache,
    isRunning: (uri: vscode.Uri) => boolean,
    onDidChangeRuns: vscode.Event<void>,
  ) {
    this.cache = cache;
    this.isRunning = isRunning;
    this.disposables = [
      this.changed,
      onDidChangeRuns(() => this.changed.fire()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('promptly.codeLens')) this.changed.fire();
      }),
    ];
  }

  async provideCodeLenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
    const settings = vscode.workspace.getConfiguration('promptly', document.uri);
    if (settings.get('codeLens.enabled') === false) return [];
    const { kind, name } = await this.cache.parse(document);
    const range = new vscode.Range(0, 0, 0, 0);
    return codeLensPlan({ kind, name, running: this.isRunning(document.uri) }).map(
      ({ title, tooltip, command }) =>
        new vscode.CodeLens(range, { title, tooltip, command, arguments: [document.uri] }),
    );
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }
}
