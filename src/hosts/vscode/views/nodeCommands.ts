import * as vscode from 'vscode';
import { t } from '../l10n.ts';
import { isPromptFile } from '../promptFilePattern.ts';
import { toRunTarget } from '../run/runTarget.ts';

/** The name that other files refer to, of a node or of anything with a name. */
export async function copyName(argument: unknown): Promise<void> {
  const name = nameOf(argument);
  if (name === undefined) return;
  await vscode.env.clipboard.writeText(name);
  vscode.window.setStatusBarMessage(t('Promptly: "{0}" copied', name), 3_000);
}

function nameOf(argument: unknown): string | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  const { header, name, model } = argument as Readonly<Record<string, unknown>>;
  const own = typeof header === 'object' && header !== null && 'name' in header ? header.name : undefined;
  return [own, name, model].find((text) => typeof text === 'string');
}

/** What a stored run is about, where one of those is to be cancelled. */
export function fileToCancel(argument: unknown): vscode.Uri | undefined {
  if (typeof argument !== 'object' || argument === null || !('run' in argument)) return undefined;
  const { run } = argument;
  const path = typeof run === 'object' && run !== null && 'path' in run ? run.path : undefined;
  return typeof path === 'string' ? vscode.Uri.file(path) : undefined;
}

/** A prompt's file, or a run's folder, in the explorer. */
export async function revealFile(argument: unknown): Promise<void> {
  const { uri } = toRunTarget(argument);
  if (uri === undefined) return;
  // A run that was killed has no report yet, but always its plan.
  const shown = isPromptFile(uri) ? uri : vscode.Uri.joinPath(uri, '..', 'plan.json');
  await vscode.commands.executeCommand('revealInExplorer', shown);
}
