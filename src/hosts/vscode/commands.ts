import * as vscode from 'vscode';
import type { Assistant } from './agents/assistant.ts';
import { choosePrompt } from './choosePrompt.ts';
import { commandIds, type CommandId } from './commandIds.ts';
import type { EngineHolder } from './engineHolder.ts';
import { t } from './l10n.ts';
import { clearApiKey, setApiKey, testApiKey } from './models/apiKeyCommands.ts';
import { installNamedModel, selectBackend, selectModel, useModel } from './models/modelCommands.ts';
import { installTemplate, type ReadTemplates } from './installTemplate.ts';
import { newPromptFile } from './newPromptFile.ts';
import { openDocumentation } from './openDocumentation.ts';
import { copyOutput, openOutputAsDocument, tellNothing } from './outputCommands.ts';
import { presentBug } from './presentBug.ts';
import { answerProposal } from './panel/acts/proposals.ts';
import { openAbTest, openComparison } from './panel/openAbTest.ts';
import type { AbTestPanels } from './panel/abTestPanels.ts';
import type { PromptIndex } from './promptIndex.ts';
import type { PromptRunner } from './run/promptRunner.ts';
import type { RunRegistry } from './run/runRegistry.ts';
import { toRunTarget } from './run/runTarget.ts';
import type { SecretKeys } from './secretStorage.ts';
import { copyName, fileToCancel, revealFile } from './views/nodeCommands.ts';
import type { PromptlyViews } from './views/promptlyViews.ts';
import { backendArgument, modelArgument } from './views/viewArgument.ts';
import type { SharingCommands } from './sharing/sharingCommands.ts';

export interface CommandParts {
  readonly runner: PromptRunner;
  readonly registry: RunRegistry;
  readonly engine: EngineHolder;
  readonly index: PromptIndex;
  readonly keys: SecretKeys;
  readonly panels: AbTestPanels;
  readonly views: PromptlyViews;
  readonly readTemplates: ReadTemplates;
  readonly extensionUri: vscode.Uri;
  readonly channel: vscode.OutputChannel;
  readonly log: vscode.LogOutputChannel;
  readonly assistant: () => Promise<Assistant>;
  readonly sharing: () => Promise<SharingCommands>;
}

/** `more`: what else is selected where the command was chosen. */
type Handler = (argument?: unknown, more?: unknown) => unknown;

/** What every command does. */
function commandTable(parts: CommandParts): Record<CommandId, Handler> {
  const { runner, registry, engine, index, keys, panels, views, channel, log, assistant, sharing } = parts;
  return {
    [commandIds.runPrompt]: (argument) => runner.run(withSelection(toRunTarget(argument))),
    [commandIds.runPromptWith]: (argument) => runner.run(toRunTarget(argument), true),
    [commandIds.runOnSelection]: () => runner.run(withSelection({})),
    [commandIds.runAgain]: async () => (await runner.runAgain()) ?? tellNothing(),
    [commandIds.cancelRun]: (argument) =>
      registry.cancel(fileToCancel(argument) ?? toRunTarget(argument).uri),
    [commandIds.showOutput]: () => channel.show(true),
    [commandIds.openOutputAsDocument]: () => openOutputAsDocument(runner.lastOutput),
    [commandIds.copyOutput]: () => copyOutput(runner.lastOutput),
    [commandIds.showLog]: () => log.show(true),
    [commandIds.selectBackend]: (argument) => selectBackend(engine, argument),
    [commandIds.selectModel]: (argument) => selectModel(engine, backendArgument(argument)),
    [commandIds.installModel]: (argument) => installNamedModel(engine, backendArgument(argument)),
    [commandIds.setApiKey]: (argument) => setApiKey(keys, backendArgument(argument)),
    [commandIds.testApiKey]: (argument) => testApiKey(keys, engine, backendArgument(argument)),
    [commandIds.clearApiKey]: (argument) => clearApiKey(keys, backendArgument(argument)),
    [commandIds.newPromptFile]: () => newPromptFile(),
    [commandIds.openPrompt]: () => openPrompt(index),
    [commandIds.runAbTest]: (argument, more) => openAbTest(parts, toRunTarget(argument).uri, urisOf(more)),
    [commandIds.compareWithHead]: (argument) => openComparison(parts, toRunTarget(argument).uri),
    [commandIds.openReport]: (argument) => panels.openReport(toRunTarget(argument).uri),
    [commandIds.installTemplate]: () => installTemplate(parts),
    [commandIds.openDocumentation]: () => openDocumentation(parts.extensionUri),
    [commandIds.refreshViews]: () => views.refresh(),
    [commandIds.copyName]: (argument) => copyName(argument),
    [commandIds.revealFile]: (argument) => revealFile(argument),
    [commandIds.openRunOutput]: (argument) => views.act('open-output', argument),
    [commandIds.resumeRun]: (argument) => views.act('resume', argument),
    [commandIds.deleteRun]: (argument) => views.act('delete', argument),
    [commandIds.useBackend]: (argument) => selectBackend(engine, backendArgument(argument)),
    [commandIds.useModel]: (argument) => {
      const backend = backendArgument(argument);
      return backend === undefined || backend === 'auto'
        ? selectModel(engine)
        : useModel(backend, modelArgument(argument));
    },
    [commandIds.exportPrompts]: async (argument, more) => (await sharing()).exportPrompts(argument, more),
    [commandIds.importPrompts]: async (argument, more) => (await sharing()).importPrompts(argument, more),
    [commandIds.acceptPromotion]: (argument) => answerProposal(argument, true),
    [commandIds.discardPromotion]: (argument) => answerProposal(argument, false),
    [commandIds.reviewPrompt]: async (argument) => (await assistant()).review(argument),
    [commandIds.hideReview]: async (argument) => (await assistant()).hideReview(argument),
    [commandIds.rewritePrompt]: async (argument) => (await assistant()).rewrite(argument),
    [commandIds.applyRewrite]: async (argument) => (await assistant()).applyRewrite(argument),
    [commandIds.testRewrite]: async (argument) => (await assistant()).testRewrite(argument),
    [commandIds.configureMcpClient]: async () => (await assistant()).configureMcpClient(),
  };
}

export function registerCommands(parts: CommandParts): vscode.Disposable[] {
  return Object.entries(commandTable(parts)).map(([id, handler]) =>
    vscode.commands.registerCommand(id, async (argument: unknown, more: unknown) => {
      try {
        return await handler(argument, more);
      } catch (error) {
        return presentBug(parts.log, id, error);
      }
    }),
  );
}

/** Of the explorer's files, or of the Promptly view's. */
const urisOf = (selection: unknown): readonly vscode.Uri[] =>
  Array.isArray(selection) ? selection.flatMap((each) => toRunTarget(each).uri ?? []) : [];

/** From the palette, with text selected in some other file, that text is the first input. */
function withSelection(target: ReturnType<typeof toRunTarget>): ReturnType<typeof toRunTarget> {
  const editor = vscode.window.activeTextEditor;
  const isPrompt = editor?.document.fileName.match(/\.prompt\.ya?ml$/i) !== null;
  const selection = selectedText();
  return target.uri === undefined && !isPrompt && selection !== undefined ? { ...target, selection } : target;
}

function selectedText(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  const text = editor?.document.getText(editor.selection) ?? '';
  return text === '' ? undefined : text;
}

async function openPrompt(index: PromptIndex): Promise<void> {
  const uri = await choosePrompt(index, t('Open which prompt?'), ['prompt', 'skill', 'chain', 'abtest']);
  if (uri !== undefined) await vscode.window.showTextDocument(uri);
}
