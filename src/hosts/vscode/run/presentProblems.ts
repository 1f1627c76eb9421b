import * as vscode from 'vscode';
import type { FileDiagnostic } from '../../../core/domain/runPlan.ts';
import { t } from '../l10n.ts';
import { toEditorRange } from '../toEditorRange.ts';

/** A run that cannot start because a file is wrong: says what and where, and goes there. */
export async function presentProblems(diagnostics: readonly FileDiagnostic[]): Promise<void> {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const first = errors[0] ?? diagnostics[0];
  if (first === undefined) return;
  const uri = vscode.Uri.file(first.path);
  const { line, column } = first.range.start;
  const place = `${vscode.workspace.asRelativePath(uri)}:${line + 1}:${column + 1}`;
  const more = errors.length > 1 ? ` ${t('(and {0} more)', errors.length - 1)}` : '';
  const go = t('Go to Problem');
  const chosen = await vscode.window.showErrorMessage(`${place}: ${first.message}${more}`, go);
  if (chosen === go) await vscode.window.showTextDocument(uri, { selection: toEditorRange(first.range) });
}
