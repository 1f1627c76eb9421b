import * as vscode from 'vscode';
import { t } from '../l10n.ts';

/** Says why nothing runs here, and offers the way to change it. */
export async function refuseUntrusted(): Promise<void> {
  const manage = t('Manage Workspace Trust');
  const message = t('Prompts do not run in a workspace that is not trusted.');
  if ((await vscode.window.showErrorMessage(message, manage)) === manage) {
    await vscode.commands.executeCommand('workbench.trust.manage');
  }
}
