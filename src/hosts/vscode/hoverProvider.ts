import * as vscode from 'vscode';
import { loadLanguage } from './language.ts';
import { toEditorRange } from './toEditorRange.ts';

/** What the key, variable or evaluator under the pointer means. */
export class HoverProvider implements vscode.HoverProvider {
  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.Hover | undefined> {
    const { hoverPromptFile } = await loadLanguage();
    const at = { line: position.line, column: position.character };
    const hover = hoverPromptFile(document.getText(), at);
    if (hover === null) return undefined;
    return new vscode.Hover(new vscode.MarkdownString(hover.text), toEditorRange(hover.range));
  }
}
