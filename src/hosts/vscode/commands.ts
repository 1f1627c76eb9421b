import * as vscode from 'vscode';
import type { Assistant } from './agents/assistant.ts';
import { choosePrompt } from './choosePrompt.ts';
import { commandIds, type CommandId } from './commandIds.ts';
import type { EngineHolder } from './engineHolder.ts';
import { t } from './l10n.ts';
import { clearApiKey, setApiKey, testApiKey } from './models/apiKeyCommands.ts';
import { installNamedModel, selectBackend, selectModel } from './models/modelCommands.ts';
import { newPromptFile } from './newPromptFile.ts';
import { copyOutput, openOutputAsDocument, tellNothing } from './outputCommands.ts';
import { presentBug } from './presentBug.ts';
import { openAbTest } from './panel/openAbTest.ts';
import type { AbTestPanels } from './panel/abTestPanels.ts';
import type { PromptIndex } from './promptIndex.ts';
import type { PromptRunner } from './run/promptRunner.ts';
import type { RunRegistry } from './run/runRegistry.ts';
import { toRunTarget } from './run/runTarget.ts';
import type { SecretKeys } from './secretStorage.ts';

export interface CommandParts {
  readonly runner: PromptRunner;
  readonly registry: RunRegistry;
  readonly engine: EngineHolder;
  readonly index: PromptIndex;
  readonly keys: SecretKeys;
  readonly panels: AbTestPanels;
  readonly channel: vscode.OutputChannel;
  readonly log: vscode.LogOutputChannel;
  readonly assistant: () => Promise<Assistant>;
}

type Handler = (argument?: unknown) => unknown;

/** What every command does. */
function commandTable(parts: CommandParts): Record<CommandId, Handler> {
  const { runner, registry, engine, index, keys, panels, channel, log, assistant } = parts;
  return {
    [commandIds.runPrompt]: (argument) => runner.run(withSelection(toRunTarget(argument))),
    [commandIds.runPromptWith]: (argument) => runner.run(toRunTarget(argument), true),
    [commandIds.runOnSelection]: () => runner.run(withSelection({})),
    [commandIds.runAgain]: async () => (await runner.runAgain()) ?? tellNothing(),
    [commandIds.cancelRun]: (argument) => registry.cancel(toRunTarget(argument).uri),
    [commandIds.showOutput]: () => channel.show(true),
    [commandIds.openOutputAsDocument]: () => openOutputAsDocument(runner.lastOutput),
    [commandIds.copyOutput]: () => copyOutput(runner.lastOutput),
    [commandIds.showLog]: () => log.show(true),
    [commandIds.selectBackend]: (argument) => selectBackend(engine, argument),
    [commandIds.selectModel]: () => selectModel(engine),
    [commandIds.installModel]: () => installNamedModel(engine),
    [commandIds.setApiKey]: (argument) => setApiKey(keys, argument),
    [commandIds.testApiKey]: (argument) => testApiKey(keys, engine, argument),
    [commandIds.clearApiKey]: (argument) => clearApiKey(keys, argument),
    [commandIds.newPromptFile]: () => newPromptFile(),
    [commandIds.openPrompt]: () => openPrompt(index),
    [commandIds.runAbTest]: (argument) => openAbTest(parts, toRunTarget(argument).uri, ['abtest']),
    [commandIds.compareWithHead]: (argument) =>
      openAbTest(parts, toRunTarget(argument).uri, ['prompt', 'skill', 'chain']),
    [commandIds.openReport]: (argument) => panels.openReport(argument),
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
    vscode.commands.registerCommand(id, async (argument: unknown) => {
      try {
        return await handler(argument);
      } catch (error) {
        return presentBug(parts.log, id, error);
      }
    }),
  );
}

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
