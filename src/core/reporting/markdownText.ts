import { oneLine } from './plainText.ts';

/** Text as text: no markup, links, images or mentions of a model's own in somebody's pull request. */
export function escapeMarkdown(text: string, length = 300): string {
  return oneLine(text, length)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_[\]#|~$]/g, '\\$&')
    .replace(/^(?:[+-]|\d+(?=[.)]))(?=[.)]?\s)/, startOfText)
    .replace(/@(?=[\p{L}\p{N}])/gu, '@\u200b')
    .replace(/(https?|ftp|www)(?=:|\.)/gi, '$1\u200b');
}

/** What would begin a list where the text begins a line. */
const startOfText = (start: string): string => (/\d/.test(start) ? `${start}\u200b` : `\\${start}`);

export function markdownTable(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => escapeMarkdown(cell)).join(' | ')} |`;
  return [line(headers), `|${' --- |'.repeat(headers.length)}`, ...rows.map(line)].join('\n');
}
