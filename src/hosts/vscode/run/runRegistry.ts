import * as vscode from 'vscode';
import { t } from '../l10n.ts';

export interface ActiveRun {
  readonly name: string;
  readonly uri: vscode.Uri;
  readonly controller: AbortController;
}

/** The runs under way: what the status bar shows, lenses turn to Cancel for, and menus ask with `promptly.running`. */
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

  /** Those of a file; without one the only run, or those the user picks. */
  async cancel(uri: vscode.Uri | undefined): Promise<void> {
    const ofFile = this.active().filter((run) => run.uri.toString() === uri?.toString());
    const candidates = ofFile.length > 0 ? ofFile : this.active();
    const chosen =
      ofFile.length > 0 || candidates.length < 2
        ? candidates
        : await vscode.window.showQuickPick(
            candidates.map((run) => ({ label: run.name, run })),
            { title: t('Cancel which runs?'), canPickMany: true },
          );
    for (const item of chosen ?? []) ('run' in item ? item.run : item).controller.abort();
  }

  dispose(): void {
    for (const run of this.runs) run.controller.abort();
    this.changed.dispose();
  }

  private tell(): void {
    void vscode.commands.executeCommand('setContext', 'promptly.running', this.runs.size > 0);
    this.changed.fire();
  }
}
