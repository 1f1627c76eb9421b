import * as vscode from 'vscode';
import type { Route } from '../../core/domain/runEvent.ts';
import { commandIds } from './commandIds.ts';
import { readActiveSettings } from './editorSettings.ts';
import { t } from './l10n.ts';
import { modelOf } from './models/modelSetting.ts';
import type { PromptIndex } from './promptIndex.ts';
import type { RunRegistry } from './run/runRegistry.ts';
import { shownModel } from './shownModel.ts';

/** The one item: which backend and model answer; a click changes them, or stops the run that is under way. */
export class StatusBar implements vscode.Disposable {
  private readonly item: vscode.StatusBarItem;
  private readonly index: PromptIndex;
  private readonly registry: RunRegistry;
  private readonly lastAutomatic: () => Route | undefined;
  private readonly disposables: readonly { dispose(): unknown }[];

  constructor(index: PromptIndex, registry: RunRegistry, lastAutomatic: () => Route | undefined) {
    this.item = vscode.window.createStatusBarItem('promptly.backend', vscode.StatusBarAlignment.Right, 90);
    this.item.name = 'Promptly';
    this.index = index;
    this.registry = registry;
    this.lastAutomatic = lastAutomatic;
    this.disposables = [
      this.item,
      index.onDidChange(() => this.update()),
      registry.onDidChange(() => this.update()),
      // Another folder of the workspace may have other settings.
      vscode.window.onDidChangeActiveTextEditor(() => this.update()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('promptly')) this.update();
      }),
    ];
    this.update();
  }

  /** What it shows now. */
  get text(): string {
    return this.item.text;
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private update(): void {
    const running = this.registry.active();
    const [first] = running;
    if (first === undefined) this.showBackend();
    else this.showRun(running.length === 1 ? first.name : t('{0} runs', running.length));
    if (first !== undefined || this.index.all().length > 0) this.item.show();
    else this.item.hide();
  }

  private showRun(what: string): void {
    this.item.text = `$(loading~spin) ${what}`;
    this.item.tooltip = t('Running {0}. Click to cancel.', what);
    this.item.command = commandIds.cancelRun;
    this.item.accessibilityInformation = { label: t('Promptly is running {0}; activate to cancel', what) };
  }

  private showBackend(): void {
    const { defaultBackend } = readActiveSettings();
    const last = this.lastAutomatic();
    const isAuto = defaultBackend === 'auto';
    const backend = isAuto ? last?.backend : defaultBackend;
    const model = isAuto ? last?.model : modelOf(defaultBackend).model;
    const name = (shown: string | undefined): string =>
      [backend, shown].filter((part) => part !== undefined && part !== '').join(' · ');
    const shown = name(model === undefined ? undefined : shownModel(model));
    const text = isAuto ? ['auto', ...(shown === '' ? [] : [shown])].join(' → ') : shown;
    this.item.text = `$(sparkle) ${text}`;
    this.item.tooltip = isAuto
      ? [
          t('Promptly: prompts that name no backend run on the first that is ready. Click to choose one.'),
          ...(last === undefined ? [] : [t('Last time that was {0}.', name(model))]),
        ].join('\n')
      : t('Promptly: prompts that name no backend run on {0}. Click to change.', name(model));
    const label = t('Promptly backend {0}; activate to change', name(model) || 'auto');
    this.item.command = commandIds.selectModel;
    this.item.accessibilityInformation = { label };
  }
}
