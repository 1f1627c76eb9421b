import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../../src/hosts/vscode/extensionApi.ts';
import type { RunOutcome } from '../../../src/hosts/vscode/run/promptRunner.ts';

export async function activated(): Promise<ExtensionApi> {
  const extension = vscode.extensions.getExtension<ExtensionApi>('promptly.promptly');
  assert.ok(extension, 'the extension is not there');
  return extension.activate();
}

export function fileUri(relative: string, folder = 0): vscode.Uri {
  const root = vscode.workspace.workspaceFolders?.[folder]?.uri;
  assert.ok(root, 'no folder is open');
  return vscode.Uri.joinPath(root, relative);
}

export async function write(relative: string, text: string, folder = 0): Promise<vscode.Uri> {
  const uri = fileUri(relative, folder);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

/** Runs by command, as a keybinding would; what it does not give is asked. */
export async function run(
  uri: vscode.Uri,
  more: { inputs?: Record<string, string>; backend?: string; model?: string } = {},
): Promise<RunOutcome> {
  const target = { file: uri.toString(), ...more };
  const outcome = await vscode.commands.executeCommand<RunOutcome | undefined>('promptly.runPrompt', target);
  assert.ok(outcome, 'the run was dismissed');
  return outcome;
}

export async function set(name: string, value: unknown): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('promptly');
  await configuration.update(name, value, vscode.ConfigurationTarget.Global);
}

/** Polls, since the editor tells nobody when it has drawn, watched or checked. */
export async function until<Value>(
  what: string,
  look: () => Value | undefined | false | Promise<Value | undefined | false>,
  limitMs = 15_000,
): Promise<Value> {
  const end = Date.now() + limitMs;
  for (;;) {
    const value = await look();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > end) throw new Error(`Waited ${limitMs} ms for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
