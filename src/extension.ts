import * as vscode from 'vscode';
import { nodeFileSystem } from './adapters/node/nodeFileSystem.ts';
import { lazyAssistant } from './hosts/vscode/agents/lazyAssistant.ts';
import { registerAgentTools } from './hosts/vscode/agents/registerAgentTools.ts';
import { readSkillTemplates } from './adapters/node/skillTemplates.ts';
import { registerCommands } from './hosts/vscode/commands.ts';
import { createEditorLog, logIndexed } from './hosts/vscode/editorLog.ts';
import { EngineHolder } from './hosts/vscode/engineHolder.ts';
import { createExtensionApi, type ExtensionApi } from './hosts/vscode/extensionApi.ts';
import { translateWith } from './hosts/vscode/l10n.ts';
import { registerLanguageFeatures } from './hosts/vscode/languageFeatures.ts';
import { registerMcpProvider } from './hosts/vscode/mcpProvider.ts';
import { OutputLog } from './hosts/vscode/output/outputLog.ts';
import { AbTestPanels } from './hosts/vscode/panel/abTestPanels.ts';
import { ParseCache } from './hosts/vscode/parseCache.ts';
import { PromptIndex } from './hosts/vscode/promptIndex.ts';
import { createPromptLookup } from './hosts/vscode/promptLookup.ts';
import { PromptRunner } from './hosts/vscode/run/promptRunner.ts';
import { RunRegistry } from './hosts/vscode/run/runRegistry.ts';
import { SecretKeys } from './hosts/vscode/secretStorage.ts';
import { lazySharing } from './hosts/vscode/sharing/lazySharing.ts';
import { followPromptFolders } from './hosts/vscode/sharing/promptFolders.ts';
import { StatusBar } from './hosts/vscode/statusBar.ts';
import { PromptlyViews } from './hosts/vscode/views/promptlyViews.ts';

let engine: EngineHolder | undefined;

/** The editor's entry point: composes, registers, done. Waits for nothing. */
export function activate(context: vscode.ExtensionContext): ExtensionApi {
  const startedMs = performance.now();
  translateWith((message, ...values) => vscode.l10n.t(message, ...values));
  const channel = vscode.window.createOutputChannel('Promptly');
  const log = vscode.window.createOutputChannel('Promptly Log', { log: true });
  const output = new OutputLog(channel);
  const cache = new ParseCache();
  const index = new PromptIndex(log);
  const keys = new SecretKeys(context.secrets, process.env);
  const prompts = createPromptLookup(index, cache);
  engine = new EngineHolder(context, keys, createEditorLog(log), prompts);
  const registry = new RunRegistry();
  const runner = new PromptRunner({ engine, index, cache, registry, output, channel, log, context });
  const status = new StatusBar(index, registry, () => runner.lastAutomatic);
  const panels = new AbTestPanels(context.extensionUri, log, {
    engine,
    cache,
    index,
    registry,
    memory: context.globalState,
  });
  const shared = { engine, index, cache, registry, output, log };
  const mcp = registerMcpProvider(context, keys);
  const assistant = lazyAssistant({ ...shared, context, channel, panels });
  const sharing = lazySharing({ index, prompts, context });
  const onDidChangeKeys = context.secrets.onDidChange;
  const views = new PromptlyViews({ index, engine, keys, registry, panels, onDidChangeKeys });
  const { extensionUri } = context;
  const parts = { runner, registry, engine, index, keys, panels, views, extensionUri, assistant, sharing };
  context.subscriptions.push(
    panels,
    views,
    channel,
    log,
    index,
    registry,
    status,
    mcp,
    followPromptFolders(index),
    ...registerAgentTools({ ...shared, memory: context.globalState }),
    ...registerCommands({ ...parts, readTemplates: readSkillTemplates, channel, log }),
  );
  registerLanguageFeatures(context, { index, cache, registry, disk: nodeFileSystem });
  logIndexed(log, index, startedMs);
  return createExtensionApi({ output, index, status, mcp }, startedMs);
}

/** Ends the backends' processes and connections. */
export async function deactivate(): Promise<void> {
  await engine?.dispose();
}
