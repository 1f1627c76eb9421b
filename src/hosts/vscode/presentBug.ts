import * as vscode from 'vscode';
import { t } from './l10n.ts';

/** A bug of ours: one sentence, and the stack in the log. */
export async function presentBug(log: vscode.LogOutputChannel, what: string, error: unknown): Promise<void> {
  log.error(what, error instanceof Error ? (error.stack ?? error.message) : String(error));
  const show = t('Show Log');
  const message = t('Something went wrong inside Promptly ({0}).', what);
  if ((await vscode.window.showErrorMessage(message, show)) === show) log.show();
}
