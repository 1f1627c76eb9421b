// The views' own bundle: see esbuild.mjs.
import { translateWith } from '../l10n.ts';
import { BackendTree } from './backendTree.ts';
import type { ViewParts } from './promptlyViews.ts';
import { PromptTree } from './promptTree.ts';
import { performRunAction, type RunAction } from './runActions.ts';
import { RunTree } from './runTree.ts';
import type { Tree } from './tree.ts';

export interface LoadedViews {
  readonly prompts: Tree;
  readonly runs: Tree;
  readonly backends: Tree;
  act(action: RunAction, argument: unknown): Promise<void>;
  dispose(): void;
}

export function loadViews(parts: ViewParts, translate: Parameters<typeof translateWith>[0]): LoadedViews {
  // A bundle of its own has a translator of its own.
  translateWith(translate);
  const prompts = new PromptTree(parts);
  const runs = new RunTree(parts);
  const backends = new BackendTree(parts);
  return {
    prompts,
    runs,
    backends,
    act: (action, argument) => performRunAction(parts, action, argument),
    dispose: () => {
      for (const tree of [prompts, runs, backends]) tree.dispose();
    },
  };
}
