import * as vscode from 'vscode';
import type { EngineHolder } from '../engineHolder.ts';
import { t } from '../l10n.ts';
import { openOutputAsDocument } from '../outputCommands.ts';
import type { AbTestPanels } from '../panel/abTestPanels.ts';
import { isRunningNow } from '../panel/isRunningNow.ts';
import type { RunNode } from './runNodes.ts';

export type RunAction = 'open-output' | 'resume' | 'delete';

/** What the menu of a stored run offers. Without a run there is nothing to do: the commands are in no palette. */
export async function performRunAction(
  { panels, engine }: { readonly panels: AbTestPanels; readonly engine: EngineHolder },
  action: RunAction,
  argument: unknown,
): Promise<void> {
  if (!isRun(argument)) return;
  switch (action) {
    case 'open-output':
      return openStoredOutput(argument);
    case 'resume':
      return panels.resumeRun(argument.folder);
    case 'delete':
      return deleteRun(argument, engine);
  }
}

const isRun = (argument: unknown): argument is RunNode =>
  typeof argument === 'object' && argument !== null && 'type' in argument && argument.type === 'run';

async function openStoredOutput({ uri, run }: RunNode): Promise<void> {
  const output = await readOutput(uri);
  if (output !== null) return openOutputAsDocument(output);
  const message =
    run.state === null
      ? t('{0} has not finished: there is no output yet.', run.name)
      : t('The output of {0} cannot be read any more.', run.name);
  void vscode.window.showWarningMessage(message);
}

async function readOutput(report: vscode.Uri): Promise<string | null> {
  try {
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(report));
    const document: unknown = JSON.parse(text);
    const hasOutput = typeof document === 'object' && document !== null && 'output' in document;
    return hasOutput && typeof document.output === 'string' ? document.output : null;
  } catch {
    return null;
  }
}

async function deleteRun({ folder, run, uri }: RunNode, engine: EngineHolder): Promise<void> {
  // The list may be older than the run.
  if (await isRunningNow(engine, uri)) {
    void vscode.window.showWarningMessage(t('{0} is running: cancel it first.', run.name));
    return;
  }
  const remove = t('Delete');
  const detail = t(
    'Its outputs and its report are deleted from {0}.',
    vscode.workspace.asRelativePath(folder),
  );
  const question = t('Delete the run of {0}?', run.name);
  const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, remove);
  if (answer === remove) await vscode.workspace.fs.delete(folder, { recursive: true });
}
