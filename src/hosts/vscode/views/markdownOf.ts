import * as vscode from 'vscode';
import { escapeMarkdown } from './escapeMarkdown.ts';

/** A paragraph of a tooltip. */
export type Paragraph = string | { readonly bold: string } | { readonly code: string };

/** A tooltip of words that come from files and services: they are shown as they are, whatever marks they hold. */
export function markdownOf(paragraphs: readonly Paragraph[]): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  for (const [index, paragraph] of paragraphs.entries()) {
    if (index > 0) text.appendMarkdown('\n\n');
    if (typeof paragraph === 'string') text.appendMarkdown(escapeMarkdown(paragraph));
    else if ('bold' in paragraph) text.appendMarkdown(`**${escapeMarkdown(paragraph.bold)}**`);
    else text.appendMarkdown(codeOf(paragraph.code));
  }
  return text;
}

/** In as many backticks as it takes. */
function codeOf(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${text}${fence}` : `${fence} ${text} ${fence}`;
}
