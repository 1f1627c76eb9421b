import * as vscode from 'vscode';
import { t } from '../l10n.ts';

export interface ActiveRun {
  readonly name: string;
  readonly uri: vscode.Uri;
  readonly controller: AbortController;
}

/**
 * The runs under way: what the status bar shows, lenses turn to Cancel for, and menus ask with `promptly.running` (is
 * there any?) and `promptly.runningFiles` (those of which files?).
 */
export class RunRegistry implements vscode.Disposable {
  private readonly runs = new Set<ActiveRun>();
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;

  start(name: string, uri: vscode.Uri): ActiveRun {
    const run = { name, uri, controller: new AbortController() };
    this.runs.add(run);
    this.tell();
    return run;
  }

  end(run: ActiveRun): void {
    this.runs.delete(run);
    this.tell();
  }

  active(): readonly ActiveRun[] {
    return [...this.runs];
  }

  isRunning(uri: vscode.Uri): boolean {
    return this.active().some((run) => run.uri.toString() === uri.toString());
  }

  /** Those of a file; without one the only run, or what the user picks. */
  async cancel(uri: vscode.Uri | undefined): Promise<void> {
    const ofFile = this.active().filter((run) => run.uri.toString() === uri?.toString());
    const chosen = ofFile.length > 0 ? ofFile : await choose(this.active());
    for (const run of chosen) run.controller.abort();
  }

  dispose(): void {
    for (const run of this.runs) run.controller.abort();
    this.changed.dispose();
  }

  private tell(): void {
    void vscode.commands.executeCommand('setContext', 'promptly.running', this.runs.size > 0);
    // `resourcePath` is the one or the other, by what kind of address the window has for the file.
    const files = this.active().flatMap(({ uri }) => [...new Set([uri.path, uri.fsPath])]);
    void vscode.commands.executeCommand('setContext', 'promptly.runningFiles', files);
    this.changed.fire();
  }
}

async function choose(runs: readonly ActiveRun[]): Promise<readonly ActiveRun[]> {
  if (runs.length < 2) return runs;
  const all = { label: t('All {0} runs', runs.length), runs };
  const each = runs.map((run) => ({
    label: run.name,
    description: vscode.workspace.asRelativePath(run.uri),
    runs: [run],
  }));
  const picked = await vscode.window.showQuickPick([all, ...each], { title: t('Cancel which run?') });
  return picked?.runs ?? [];
}
