// What rewriting asks and says.
import * as vscode from 'vscode';
import { ToolProblem } from '../../../core/pipeline/toolCalls/toolProblem.ts';
import { t } from '../l10n.ts';

export function askGoal(name: string): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: t('Rewrite {0}', name),
    prompt: t('What should it become better at? May be left empty.'),
    placeHolder: t('e.g. shorter answers, fewer invented facts'),
  });
}

export function showProblem(error: unknown): undefined {
  if (!(error instanceof ToolProblem)) throw error;
  void vscode.window.showErrorMessage(error.message);
}

export function tellNoProposal(): void {
  vscode.window.setStatusBarMessage(t('Promptly: there is no proposal for this file'), 3_000);
}

export async function refuseUntrusted(): Promise<void> {
  const manage = t('Manage Workspace Trust');
  const message = t('Prompts do not run in a workspace that is not trusted.');
  if ((await vscode.window.showErrorMessage(message, manage)) === manage) {
    await vscode.commands.executeCommand('workbench.trust.manage');
  }
}
