import type { DataRow, RowReader } from './dataRow.ts';
import { DelimitedReader, type DelimitedRecord } from './readDelimited.ts';
import { wrongDelimiter } from './wrongDelimiter.ts';

/** Rows of a table whose first record names its columns. A column without a name is left out. */
export function delimitedRows(delimiter: ',' | '\t'): RowReader {
  const reader = new DelimitedReader(delimiter);
  let header: readonly string[] | null = null;
  let isUnreadable = false;
  function* toRows(records: Iterable<DelimitedRecord>): Generator<DataRow> {
    for (const { fields, line, problem } of records) {
      if (isUnreadable) return;
      if (problem !== undefined) yield { line, problem };
      else if (header !== null) yield toRow(header, fields, line);
      else {
        header = fields.map((name) => name.trim());
        const mistaken = wrongDelimiter(header, delimiter);
        isUnreadable = mistaken !== null;
        if (mistaken !== null) yield { line, note: `Nothing was read. ${mistaken}` };
        else for (const note of headerNotes(header)) yield { line, note };
      }
    }
  }
  return { take: (piece) => toRows(reader.feed(piece)), end: () => toRows(reader.end()) };
}

function toRow(header: readonly string[], fields: readonly string[], line: number): DataRow {
  if (fields.length !== header.length) {
    return { line, problem: `it has ${counted(fields.length)} where the header has ${header.length}` };
  }
  const named = header.map((name, index): [string, string] => [name, fields[index] ?? '']);
  return { line, data: Object.fromEntries(named.filter(([name]) => name !== '')) };
}

const counted = (fields: number): string => (fields === 1 ? '1 field' : `${fields} fields`);

function headerNotes(header: readonly string[]): string[] {
  const named = header.filter((name) => name !== '');
  const twice = new Set(named.filter((name, index) => named.indexOf(name) !== index));
  const notes = [...twice].map(
    (name) => `The column \`${name}\` stands in the header twice; the last one counts.`,
  );
  return named.length === header.length ? notes : [...notes, 'A column without a name is left out.'];
}
