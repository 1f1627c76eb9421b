import type { DataRow } from './dataRow.ts';
import { readDelimited } from './readDelimited.ts';

/** Rows of a table whose first record names its columns. A column without a name is left out. */
export async function* delimitedRows(
  chunks: AsyncIterable<string>,
  delimiter: ',' | '\t',
): AsyncGenerator<DataRow> {
  let header: readonly string[] | null = null;
  for await (const { fields, line, problem } of readDelimited(chunks, delimiter)) {
    if (problem !== undefined) yield { line, problem };
    else if (header === null) {
      header = fields.map((name) => name.trim());
      for (const note of headerNotes(header)) yield { line, note };
    } else if (fields.length !== header.length) {
      yield { line, problem: `it has ${counted(fields.length)} where the header has ${header.length}` };
    } else {
      const named = header.map((name, index): [string, string] => [name, fields[index] ?? '']);
      yield { line, data: Object.fromEntries(named.filter(([name]) => name !== '')) };
    }
  }
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
