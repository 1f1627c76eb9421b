import { delimitedRecords } from '../src/core/formats/testData/readDelimited.ts';

/** Cells of a spreadsheet, as its clipboard text holds them. */
export interface PastedRows {
  /** Names of the columns; null where the first row is a case like the others. */
  readonly header: readonly string[] | null;
  /** Of equal length, as long as the widest. */
  readonly rows: readonly (readonly string[])[];
}

/**
 * Reads what a spreadsheet puts on the clipboard: TSV, or CSV with commas or semicolons; quoted cells may hold line
 * ends and delimiters. The first row is a header when it names one of the known columns and no name twice. Never throws.
 */
export function pasteRows(text: string, known: readonly string[]): PastedRows {
  const source = text.replace(/^\uFEFF/, '');
  const records = delimitedRecords(source, delimiterOf(source)).map(({ fields }) => fields);
  const width = Math.max(0, ...records.map((fields) => fields.length));
  const padded = records.map((fields) => [...fields, ...new Array<string>(width - fields.length).fill('')]);
  const [first, ...others] = padded;
  if (first === undefined) return { header: null, rows: [] };
  const header = headerOf(first, known);
  return header === null ? { header, rows: padded } : { header, rows: others };
}

/** Spreadsheets copy tabs; a text file may hold anything. What stands in quotes does not count. */
function delimiterOf(text: string): ',' | '\t' | ';' {
  const bare = text.slice(0, 10_000).replaceAll(/"[^"]*"/g, '');
  const [firstLine = ''] = bare.split(/[\r\n]/);
  if (bare.includes('\t')) return '\t';
  const count = (mark: string): number => firstLine.split(mark).length;
  return count(';') > count(',') ? ';' : ',';
}

function headerOf(fields: readonly string[], known: readonly string[]): readonly string[] | null {
  const names = fields.map((field) => field.trim());
  const canonical = names.map(
    (name) => known.find((each) => each.toLowerCase() === name.toLowerCase()) ?? name,
  );
  const isHeader =
    names.every((name) => name !== '') &&
    new Set(canonical).size === canonical.length &&
    canonical.some((name) => known.includes(name));
  return isHeader ? canonical : null;
}

/** The clipboard text of cells: what `pasteRows` reads back. */
export function copyRows(rows: readonly (readonly string[])[]): string {
  const quoted = (cell: string): string =>
    /["\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
  return rows.map((cells) => cells.map(quoted).join('\t')).join('\n');
}
