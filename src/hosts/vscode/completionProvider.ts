import path from 'node:path';
import * as vscode from 'vscode';
import type { Completion } from '../../core/pipeline/language.ts';
import { loadLanguage } from './language.ts';
import type { PromptIndex } from './promptIndex.ts';
import { toEditorRange } from './toEditorRange.ts';

const kinds: Record<Completion['type'], vscode.CompletionItemKind> = {
  key: vscode.CompletionItemKind.Property,
  value: vscode.CompletionItemKind.Value,
  variable: vscode.CompletionItemKind.Variable,
  prompt: vscode.CompletionItemKind.Reference,
};

/** Keys, values, variables, evaluators and prompts, while somebody writes. */
export class CompletionProvider implements vscode.CompletionItemProvider {
  static readonly triggers = ['{', ' ', '/', '.'] as const;

  private readonly index: PromptIndex;

  constructor(index: PromptIndex) {
    this.index = index;
  }

  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.CompletionItem[]> {
    const { completePromptFile } = await loadLanguage();
    const folder = path.dirname(document.uri.fsPath);
    const prompts = this.index
      .all()
      .filter(({ key }) => key !== document.uri.toString())
      .map(({ header, place }) => ({
        name: header.name,
        kind: header.kind,
        path: path.relative(folder, place.fsPath).replaceAll(path.sep, '/'),
      }));
    const at = { line: position.line, column: position.character };
    return completePromptFile(document.getText(), at, prompts).map(toItem);
  }
}

function toItem(
  { label, type, description, newText, range }: Completion,
  rank: number,
): vscode.CompletionItem {
  const item = new vscode.CompletionItem(label, kinds[type]);
  item.documentation = new vscode.MarkdownString(description);
  item.insertText = newText;
  // The editor filters by the text it would replace.
  item.filterText = newText;
  item.range = toEditorRange(range);
  item.sortText = String(rank).padStart(4, '0');
  // After `role: ` the values follow at once.
  if (type === 'key' && newText.endsWith(': ')) {
    item.command = { command: 'editor.action.triggerSuggest', title: '' };
  }
  return item;
}
