import type { Diagnostic } from '../../core/domain/diagnostic.ts';
import type { FileDiagnostic } from '../../core/domain/runPlan.ts';
import { shownPath } from './shownPath.ts';

/** `file:line:col severity code message`, counting from 1 as compilers and editors do. */
export function renderDiagnostic(folder: string, diagnostic: FileDiagnostic): string {
  const { start } = diagnostic.range;
  const place = `${shownPath(folder, diagnostic.path)}:${start.line + 1}:${start.column + 1}`;
  return `${place} ${diagnostic.severity} ${diagnostic.code} ${diagnostic.message.replaceAll('\n', ' ')}\n`;
}

export interface DiagnosticsDocument {
  readonly schemaVersion: 1;
  readonly diagnostics: readonly {
    readonly file: string;
    readonly line: number;
    readonly column: number;
    readonly severity: Diagnostic['severity'];
    readonly code: string;
    readonly message: string;
  }[];
}

export function buildDiagnosticsDocument(
  folder: string,
  diagnostics: readonly FileDiagnostic[],
): DiagnosticsDocument {
  return {
    schemaVersion: 1,
    diagnostics: diagnostics.map(({ path, range, severity, code, message }) => ({
      file: shownPath(folder, path),
      line: range.start.line + 1,
      column: range.start.column + 1,
      severity,
      code,
      message,
    })),
  };
}
