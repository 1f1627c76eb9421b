import type * as vscode from 'vscode';
import type { EngineHolder } from '../engineHolder.ts';
import type { OutputLog } from '../output/outputLog.ts';
import type { AbTestPanels } from '../panel/abTestPanels.ts';
import type { ParseCache } from '../parseCache.ts';
import type { PromptIndex } from '../promptIndex.ts';
import type { RunRegistry } from '../run/runRegistry.ts';

/** What reviewing, rewriting and telling other programs of us need of the extension. */
export interface AssistantParts {
  readonly context: vscode.ExtensionContext;
  readonly engine: EngineHolder;
  readonly index: PromptIndex;
  readonly cache: ParseCache;
  readonly registry: RunRegistry;
  readonly output: OutputLog;
  readonly channel: vscode.OutputChannel;
  readonly log: vscode.LogOutputChannel;
  readonly panels: AbTestPanels;
}
