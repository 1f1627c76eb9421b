import { escapeMarkup } from './escapeMarkup.ts';
import { htmlStyle } from './htmlStyle.ts';

/** One file that needs no other: no script, nothing loaded. `body` is markup already. */
export function htmlPage(title: string, body: readonly string[]): string {
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeMarkup(title)}</title>`,
    `<style>${htmlStyle}</style>`,
    '</head>',
    `<body>\n<main>\n<h1>${escapeMarkup(title)}</h1>`,
    ...body,
    '</main>\n</body>\n</html>\n',
  ].join('\n');
}

/** A table of texts; by default all but the first column are numbers. */
export function htmlTable(
  headers: readonly string[],
  rows: readonly (readonly string[])[],
  numbers: ReadonlySet<number> = new Set([...headers.keys()].slice(1)),
): string {
  const kind = (at: number): string => (numbers.has(at) ? ' class="number"' : '');
  const head = headers
    .map((header, at) => `<th scope="col"${kind(at)}>${escapeMarkup(header)}</th>`)
    .join('');
  const body = rows
    .map((row) => `<tr>${row.map((cell, at) => `<td${kind(at)}>${escapeMarkup(cell)}</td>`).join('')}</tr>`)
    .join('\n');
  return `<div class="wide"><table><thead><tr>${head}</tr></thead><tbody>\n${body}\n</tbody></table></div>`;
}
