import * as vscode from 'vscode';
import { t } from './l10n.ts';

/** `Promptly: Open Output as Document`: the model's text alone, without header and footer. */
export async function openOutputAsDocument(output: string | undefined): Promise<void> {
  if (output === undefined || output === '') {
    tellNothing(output);
    return;
  }
  const language = looksLikeJson(output) ? 'json' : 'markdown';
  const document = await vscode.workspace.openTextDocument({ content: output, language });
  await vscode.window.showTextDocument(document, { preview: false });
}

export async function copyOutput(output: string | undefined): Promise<void> {
  if (output === undefined || output === '') {
    tellNothing(output);
    return;
  }
  await vscode.env.clipboard.writeText(output);
  vscode.window.setStatusBarMessage(t('Promptly: output copied'), 3_000);
}

/** The clipboard keeps what it has, and no empty tab opens. */
export function tellNothing(output?: string): void {
  const message =
    output === '' ? t('Promptly: the last run gave no output') : t('Promptly: nothing has run yet');
  vscode.window.setStatusBarMessage(message, 3_000);
}

function looksLikeJson(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null;
  } catch {
    return false;
  }
}
