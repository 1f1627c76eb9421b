import * as vscode from 'vscode';
import type { BackendId } from '../../core/domain/backendId.ts';
import type { Failure } from '../../core/domain/failure.ts';
import { commandIds } from './commandIds.ts';
import type { FailureAction, FailurePlace } from './failureActions.ts';
import { offeredAction } from './failureActions.ts';
import { t } from './l10n.ts';
import { isOnSearchPath } from './searchPath.ts';

export interface FailureRemedies {
  runAgain(): Promise<unknown>;
  /** Resolves to true when the model is there. */
  installModel(backend: BackendId, model: string): Promise<boolean>;
}

/** Says what happened and what to do, with one button that does it. Resolves when the button has done its work. */
export async function presentFailure(
  failure: Failure,
  place: FailurePlace,
  remedies: FailureRemedies,
): Promise<void> {
  if (failure.code === 'cancelled') return;
  const offer = offeredAction(failure.code, place);
  const message = `${failure.message} ${failure.hint}`;
  const chosen = await vscode.window.showErrorMessage(message, ...(offer === null ? [] : [offer.label]));
  if (chosen !== undefined && offer !== null) await carryOut(offer.action, remedies);
}

async function carryOut(action: FailureAction, remedies: FailureRemedies): Promise<void> {
  switch (action.type) {
    case 'start-ollama':
      return startOllama();
    case 'manage-trust':
      await vscode.commands.executeCommand('workbench.trust.manage');
      return;
    case 'show-log':
      await vscode.commands.executeCommand(commandIds.showLog);
      return;
    case 'show-output':
      await vscode.commands.executeCommand(commandIds.showOutput);
      return;
    case 'run-again':
      await remedies.runAgain();
      return;
    case 'select-backend':
      await vscode.commands.executeCommand(commandIds.selectBackend);
      return;
    case 'select-model':
      await vscode.commands.executeCommand(commandIds.selectModel);
      return;
    case 'install-model':
      if (await remedies.installModel(action.backend, action.model)) await remedies.runAgain();
      return;
    case 'set-key':
      if ((await vscode.commands.executeCommand(commandIds.setApiKey, action.backend)) === true) {
        await remedies.runAgain();
      }
      return;
    case 'open-settings':
      await vscode.commands.executeCommand('workbench.action.openSettings', `@id:${action.query}`);
      return;
  }
}

/** In a terminal, where its output can be read and it can be stopped; where it is not installed, where to get it. */
async function startOllama(): Promise<void> {
  if (!(await isOnSearchPath('ollama', process.env, process.platform))) {
    const download = t('Open Download Page');
    const other = t('Select Backend');
    const message = t('Ollama is not installed on this machine, or not on its PATH.');
    const chosen = await vscode.window.showInformationMessage(message, download, other);
    if (chosen === download) {
      await vscode.env.openExternal(vscode.Uri.parse('https://ollama.com/download'));
    } else if (chosen === other) await vscode.commands.executeCommand(commandIds.selectBackend);
    return;
  }
  const terminal =
    vscode.window.terminals.find(({ name, exitStatus }) => name === 'Ollama' && exitStatus === undefined) ??
    vscode.window.createTerminal({ name: 'Ollama' });
  terminal.show(true);
  terminal.sendText('ollama serve');
}
