import * as vscode from 'vscode';
import type { EngineHolder } from '../engineHolder.ts';
import type { AbTestPanels } from '../panel/abTestPanels.ts';
import type { PromptIndex } from '../promptIndex.ts';
import type { RunRegistry } from '../run/runRegistry.ts';
import type { SecretKeys } from '../secretStorage.ts';
import type { RunAction } from './runActions.ts';
import { LazyTree } from './lazyTree.ts';
import type { LoadedViews } from './loadedViews.ts';

export interface ViewParts {
  readonly index: PromptIndex;
  readonly engine: EngineHolder;
  readonly keys: SecretKeys;
  readonly registry: RunRegistry;
  readonly panels: AbTestPanels;
  /** A key was stored or cleared, in this window or another. */
  readonly onDidChangeKeys: vscode.Event<unknown>;
}

const viewIds = {
  prompts: 'promptly.prompts',
  runs: 'promptly.runs',
  backends: 'promptly.backends',
} as const;

/** The Promptly view of the activity bar. Its code is a bundle of its own, loaded when the view is first opened. */
export class PromptlyViews implements vscode.Disposable {
  private readonly parts: ViewParts;
  private readonly disposables: readonly { dispose(): unknown }[];
  private loaded: Promise<LoadedViews> | undefined;

  constructor(parts: ViewParts) {
    this.parts = parts;
    this.disposables = (Object.keys(viewIds) as (keyof typeof viewIds)[]).flatMap((name) => {
      const treeDataProvider = new LazyTree(async () => (await this.load())[name]);
      // Several prompts may be tested against each other, or exported together.
      const isPrompts = name === 'prompts';
      const options = { treeDataProvider, showCollapseAll: isPrompts, canSelectMany: isPrompts };
      return [treeDataProvider, vscode.window.createTreeView(viewIds[name], options)];
    });
  }

  /** Looks again at runs and backends; the files are followed anyway. */
  async refresh(): Promise<void> {
    const views = await this.loaded;
    for (const name of Object.keys(viewIds) as (keyof typeof viewIds)[]) views?.[name].refresh();
  }

  /** What a run's menu asks for. */
  async act(action: RunAction, argument: unknown): Promise<void> {
    await (await this.load()).act(action, argument);
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
    void this.loaded?.then((views) => views.dispose());
  }

  private load(): Promise<LoadedViews> {
    this.loaded ??= import('./loadedViews.ts').then(({ loadViews }) =>
      loadViews(this.parts, (message, ...values) => vscode.l10n.t(message, ...values)),
    );
    return this.loaded;
  }
}
