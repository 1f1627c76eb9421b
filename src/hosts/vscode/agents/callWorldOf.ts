import * as vscode from 'vscode';
import type { CallWorld } from '../../../core/pipeline/toolCalls/callWorld.ts';
import { readEditorSettings } from '../editorSettings.ts';
import type { AgentWorld } from './agentTools.ts';

export async function callWorldOf({ engine, spending }: AgentWorld): Promise<CallWorld> {
  const { pipeline } = await engine.get();
  return {
    pipeline,
    spending,
    prices: readEditorSettings('').pricing,
    shownPath: (file) => vscode.workspace.asRelativePath(file),
  };
}
