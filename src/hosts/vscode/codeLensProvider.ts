import * as vscode from 'vscode';
import { codeLensPlan } from './codeLensPlan.ts';
import type { ParseCache } from './parseCache.ts';
import type { RunRegistry } from './run/runRegistry.ts';

/** Shows `codeLensPlan` on the first line. No I/O: a parse is shared with the other features. */
export class CodeLensProvider implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly cache: ParseCache;
  private readonly registry: RunRegistry;
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly disposables: readonly { dispose(): unknown }[];
  readonly onDidChangeCodeLenses = this.changed.event;

  constructor(cache: ParseCache, registry: RunRegistry) {
    this.cache = cache;
    this.registry = registry;
    this.disposables = [
      this.changed,
      registry.onDidChange(() => this.changed.fire()),
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
    return codeLensPlan({ kind, name, running: this.registry.isRunning(document.uri) }).map(
      ({ title, tooltip, command }) =>
        new vscode.CodeLens(range, { title, tooltip, command, arguments: [document.uri] }),
    );
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }
}
