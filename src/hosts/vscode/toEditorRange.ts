import * as vscode from 'vscode';
import type { Diagnostic, Range, Severity } from '../../core/domain/diagnostic.ts';

export const toEditorRange = (range: Range): vscode.Range =>
  new vscode.Range(range.start.line, range.start.column, range.end.line, range.end.column);

const severities: Record<Severity, vscode.DiagnosticSeverity> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
};

export function toEditorDiagnostic(diagnostic: Diagnostic): vscode.Diagnostic {
  const result = new vscode.Diagnostic(
    toEditorRange(diagnostic.range),
    diagnostic.message,
    severities[diagnostic.severity],
  );
  result.source = 'promptly';
  result.code = diagnostic.code;
  if (diagnostic.related !== undefined) {
    result.relatedInformation = diagnostic.related.map(
      (other) =>
        new vscode.DiagnosticRelatedInformation(
          new vscode.Location(vscode.Uri.file(other.path), toEditorRange(other.range)),
          other.message,
        ),
    );
  }
  return result;
}
