import * as vscode from 'vscode';
import type { FileSystem } from '../../core/ports/fileSystem.ts';
import { AdviceActions } from './agents/adviceActions.ts';
import { CodeLensProvider } from './codeLensProvider.ts';
import { CompletionProvider } from './completionProvider.ts';
import { DefinitionProvider } from './definitionProvider.ts';
import { FileDiagnostics } from './fileDiagnostics.ts';
import { HoverProvider } from './hoverProvider.ts';
import { OutlineProvider } from './outlineProvider.ts';
import type { ParseCache } from './parseCache.ts';
import { promptFileSelector } from './promptFilePattern.ts';
import type { PromptIndex } from './promptIndex.ts';
import { QuickFixProvider } from './quickFixProvider.ts';
import type { RunRegistry } from './run/runRegistry.ts';

interface Rooms {
  readonly index: PromptIndex;
  readonly cache: ParseCache;
  readonly registry: RunRegistry;
  readonly disk: FileSystem;
}

/** What the editor knows about a prompt file while somebody writes it. Works in an untrusted workspace too: it runs nothing. */
export function registerLanguageFeatures(
  context: vscode.ExtensionContext,
  { index, cache, registry, disk }: Rooms,
): void {
  const diagnostics = new FileDiagnostics(index, cache, disk);
  const lenses = new CodeLensProvider(cache, registry);
  context.subscriptions.push(
    diagnostics,
    lenses,
    vscode.languages.registerCodeLensProvider(promptFileSelector, lenses),
    vscode.languages.registerCodeActionsProvider(
      promptFileSelector,
      new QuickFixProvider(diagnostics),
      QuickFixProvider.metadata,
    ),
    vscode.languages.registerCodeActionsProvider(
      promptFileSelector,
      new AdviceActions(cache),
      AdviceActions.metadata,
    ),
    vscode.languages.registerCompletionItemProvider(
      promptFileSelector,
      new CompletionProvider(index),
      ...CompletionProvider.triggers,
    ),
    vscode.languages.registerHoverProvider(promptFileSelector, new HoverProvider()),
    vscode.languages.registerDefinitionProvider(promptFileSelector, new DefinitionProvider(index, cache)),
    vscode.languages.registerDocumentSymbolProvider(promptFileSelector, new OutlineProvider(), {
      label: 'Promptly',
    }),
  );
}
