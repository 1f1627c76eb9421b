import * as vscode from 'vscode';
import type { AgentToolParts, AgentTools } from './agentTools.ts';
import { agentToolNames } from './agentToolNames.ts';

/** Offers prompts to the editor's agents. What the tools do is a bundle of its own, loaded when one is used. */
export function registerAgentTools(parts: AgentToolParts): vscode.Disposable[] {
  let loading: Promise<AgentTools> | undefined;
  const load = (): Promise<AgentTools> =>
    (loading ??= import('./agentTools.ts').then(({ createAgentTools }) => createAgentTools(parts)));
  return Object.values(agentToolNames).map((name) =>
    vscode.lm.registerTool(name, {
      prepareInvocation: async ({ input }, token) => (await load()).prepare(name, input, token),
      invoke: async ({ input }, token) => (await load()).invoke(name, input, token),
    }),
  );
}
