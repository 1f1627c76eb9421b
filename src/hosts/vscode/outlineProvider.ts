import * as vscode from 'vscode';
import type { OutlineEntry, OutlineType } from '../../core/pipeline/language.ts';
import { loadLanguage } from './language.ts';
import { toEditorRange } from './toEditorRange.ts';

const kinds: Record<OutlineType, vscode.SymbolKind> = {
  prompt: vscode.SymbolKind.File,
  skill: vscode.SymbolKind.File,
  chain: vscode.SymbolKind.File,
  abtest: vscode.SymbolKind.File,
  section: vscode.SymbolKind.Namespace,
  instructions: vscode.SymbolKind.String,
  input: vscode.SymbolKind.Variable,
  message: vscode.SymbolKind.String,
  attachment: vscode.SymbolKind.File,
  step: vscode.SymbolKind.Function,
  variant: vscode.SymbolKind.Object,
  case: vscode.SymbolKind.Array,
  'data-file': vscode.SymbolKind.File,
  evaluator: vscode.SymbolKind.Operator,
};

/** The outline, the breadcrumbs and "Go to Symbol": the parts of a prompt file. */
export class OutlineProvider implements vscode.DocumentSymbolProvider {
  async provideDocumentSymbols(document: vscode.TextDocument): Promise<vscode.DocumentSymbol[]> {
    const { outlinePromptFile } = await loadLanguage();
    return [toSymbol(outlinePromptFile(document.getText(), document.uri.fsPath))];
  }
}

function toSymbol({ type, name, detail, range, nameRange, children }: OutlineEntry): vscode.DocumentSymbol {
  const symbol = new vscode.DocumentSymbol(
    // The editor takes no symbol without a name.
    name === '' ? type : name,
    detail,
    kinds[type],
    toEditorRange(range),
    toEditorRange(nameRange),
  );
  symbol.children = children.map(toSymbol);
  return symbol;
}
