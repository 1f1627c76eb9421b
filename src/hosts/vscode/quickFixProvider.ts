import * as vscode from 'vscode';
import type { FileDiagnostics } from './fileDiagnostics.ts';
import { toEditorDiagnostic, toEditorRange } from './toEditorRange.ts';

/** Offers the fixes that the parser put beside its findings. */
export class QuickFixProvider implements vscode.CodeActionProvider {
  static readonly metadata: vscode.CodeActionProviderMetadata = {
    providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
  };

  private readonly diagnostics: FileDiagnostics;

  constructor(diagnostics: FileDiagnostics) {
    this.diagnostics = diagnostics;
  }

  provideCodeActions(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    return this.diagnostics.of(document.uri).flatMap((finding) => {
      if (finding.fix === undefined || toEditorRange(finding.range).intersection(range) === undefined)
        return [];
      const action = new vscode.CodeAction(finding.fix.title, vscode.CodeActionKind.QuickFix);
      action.edit = new vscode.WorkspaceEdit();
      for (const edit of finding.fix.edits)
        action.edit.replace(document.uri, toEditorRange(edit.range), edit.newText);
      action.diagnostics = [toEditorDiagnostic(finding)];
      action.isPreferred = true;
      return [action];
    });
  }
}
