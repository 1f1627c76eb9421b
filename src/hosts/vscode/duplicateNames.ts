import * as vscode from 'vscode';
import { startOfFile, type Diagnostic } from '../../core/domain/diagnostic.ts';
import type { ParsedFile } from '../../core/domain/parsedFile.ts';
import type { IndexedPrompt } from './promptIndex.ts';

/** Two files with one name: neither could be referred to. Said on each, naming the others. */
export function duplicateNameDiagnostic(file: ParsedFile, others: readonly IndexedPrompt[]): Diagnostic {
  const named = others.map((entry) => vscode.workspace.asRelativePath(entry.place)).join(', ');
  return {
    code: 'duplicate-name',
    severity: 'error',
    message: `The name \`${file.name}\` is also used by ${named}. Give one of them another \`name\`.`,
    range: file.locate(['name']),
    related: others.map((entry) => ({
      path: entry.place.fsPath,
      range: startOfFile,
      message: `also called \`${file.name}\``,
    })),
  };
}
