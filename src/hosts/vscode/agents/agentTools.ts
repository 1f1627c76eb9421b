// What the editor's agents can do with prompts; an entry point of its own in esbuild.mjs, loaded on first use.
import * as vscode from 'vscode';
import { BackendError } from '../../../core/domain/backendError.ts';
import type { CallAnswer } from '../../../core/pipeline/toolCalls/callWorld.ts';
import { createSpendingLimit, type SpendingLimit } from '../../../core/pipeline/toolCalls/spendingLimit.ts';
import { ToolProblem } from '../../../core/pipeline/toolCalls/toolProblem.ts';
import { toAbortSignal } from '../abortSignal.ts';
import { readEditorSettings } from '../editorSettings.ts';
import type { EngineHolder } from '../engineHolder.ts';
import { translateWith } from '../l10n.ts';
import type { OutputLog } from '../output/outputLog.ts';
import type { ParseCache } from '../parseCache.ts';
import type { PromptIndex } from '../promptIndex.ts';
import type { RunRegistry } from '../run/runRegistry.ts';
import { abTestTool } from './abTestTool.ts';
import { agentToolNames, type AgentToolName } from './agentToolNames.ts';
import { listPromptsTool } from './listPromptsTool.ts';
import { runPromptTool } from './runPromptTool.ts';

export interface AgentToolParts {
  readonly engine: EngineHolder;
  readonly index: PromptIndex;
  readonly cache: ParseCache;
  readonly registry: RunRegistry;
  readonly output: OutputLog;
  readonly log: vscode.LogOutputChannel;
  /** What the user agreed to, once for all workspaces. */
  readonly memory: vscode.Memento;
}

/** What the tools share while the window is open. */
export interface AgentWorld extends AgentToolParts {
  readonly spending: SpendingLimit;
}

export interface AgentTool {
  /** What is about to happen, and the question to the user where it costs. Changes nothing. */
  prepare(input: unknown, signal: AbortSignal): Promise<vscode.PreparedToolInvocation>;
  /** Throws `ToolProblem` for what cannot be done. */
  invoke(input: unknown, signal: AbortSignal): Promise<CallAnswer<unknown>>;
}

export interface AgentTools {
  prepare(
    name: AgentToolName,
    input: unknown,
    token: vscode.CancellationToken,
  ): Promise<vscode.PreparedToolInvocation>;
  invoke(
    name: AgentToolName,
    input: unknown,
    token: vscode.CancellationToken,
  ): Promise<vscode.LanguageModelToolResult>;
}

export function createAgentTools(parts: AgentToolParts): AgentTools {
  // This bundle has a copy of its own of what translates.
  translateWith((message, ...values) => vscode.l10n.t(message, ...values));
  const spending = createSpendingLimit(() => readEditorSettings('').mcp.maxCostUsd);
  const world: AgentWorld = { ...parts, spending };
  const tools: Readonly<Record<AgentToolName, AgentTool>> = {
    [agentToolNames.listPrompts]: listPromptsTool(world),
    [agentToolNames.runPrompt]: runPromptTool(world),
    [agentToolNames.abTest]: abTestTool(world),
  };
  return {
    prepare: (name, input, token) => tools[name].prepare(input, toAbortSignal(token)),
    async invoke(name, input, token) {
      const signal = toAbortSignal(token);
      try {
        return toResult(await tools[name].invoke(input, signal));
      } catch (error) {
        if (signal.aborted) throw new vscode.CancellationError();
        if (!(error instanceof ToolProblem || BackendError.is(error))) parts.log.error(name, String(error));
        throw error instanceof Error ? new Error(error.message, { cause: error }) : error;
      }
    },
  };
}

/** The words alone must do: not every model is shown the data. */
function toResult({ text, data }: CallAnswer<unknown>): vscode.LanguageModelToolResult {
  return new vscode.LanguageModelToolResult([
    ...text.map((each) => new vscode.LanguageModelTextPart(each)),
    vscode.LanguageModelDataPart.json(data),
  ]);
}
