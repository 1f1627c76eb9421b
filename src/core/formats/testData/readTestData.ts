import type { Diagnostic } from '../../domain/diagnostic.ts';
import type { JsonObject, JsonValue } from '../../domain/json.ts';
import type { TestCase } from '../../domain/testCase.ts';
import { CaseIds, toTestCase } from '../normalise/toTestCase.ts';
import { readYaml } from '../yaml/readYaml.ts';
import { readDelimited } from './readDelimited.ts';

export type TestDataFormat = 'csv' | 'tsv' | 'jsonl' | 'json' | 'yaml';

/** A case, or what is wrong with a row. Lines count from 0. A bad row does not end the reading. */
export type TestDataItem =
  | { readonly case: TestCase; readonly line: number }
  | { readonly diagnostic: Diagnostic; readonly line: number };

/** By the file's ending; null for any other. */
export function testDataFormatOf(path: string): TestDataFormat | null {
  const ending = /\.(csv|tsv|jsonl|json|ya?ml)$/i.exec(path)?.[1]?.toLowerCase();
  return ending === undefined ? null : ending === 'yml' ? 'yaml' : (ending as TestDataFormat);
}

/**
 * Reads test cases from a file's text, given in chunks cut anywhere. Memory is constant for csv, tsv and jsonl; json
 * and yaml (a list of maps) are read whole. A byte order mark and CRLF are understood.
 *
 * @param firstOrdinal Number of the first case (from 1): cases of a data file follow those of `testData`.
 */
export async function* readTestData(
  chunks: AsyncIterable<string>,
  format: TestDataFormat,
  firstOrdinal = 1,
): AsyncGenerator<TestDataItem> {
  const ids = new CaseIds();
  let ordinal = firstOrdinal;
  for await (const row of rowsOf(withoutMark(chunks), format)) {
    if ('problem' in row) {
      yield { diagnostic: badRow(row.line, row.problem), line: row.line };
      continue;
    }
    yield { case: ids.unique(toTestCase(row.data, ordinal, row.expected)), line: row.line };
    ordinal++;
  }
}

type Row =
  | { readonly line: number; readonly data: JsonObject; readonly expected?: string }
  | { readonly line: number; readonly problem: string };

function rowsOf(chunks: AsyncIterable<string>, format: TestDataFormat): AsyncIterable<Row> {
  switch (format) {
    case 'csv':
      return delimitedRows(chunks, ',');
    case 'tsv':
      return delimitedRows(chunks, '\t');
    case 'jsonl':
      return jsonLines(chunks);
    case 'json':
    case 'yaml':
      return listRows(chunks);
  }
}

function badRow(line: number, problem: string): Diagnostic {
  const at = { line, column: 0 };
  return {
    code: 'bad-row',
    severity: 'error',
    message: `Row left out: ${problem}.`,
    range: { start: at, end: at },
  };
}

async function* withoutMark(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let isFirst = true;
  for await (const chunk of chunks) {
    if (chunk === '') continue;
    yield isFirst && chunk.startsWith('\uFEFF') ? chunk.slice(1) : chunk;
    isFirst = false;
  }
}

async function* delimitedRows(chunks: AsyncIterable<string>, delimiter: ',' | '\t'): AsyncGenerator<Row> {
  let header: readonly string[] | null = null;
  for await (const { fields, line, problem } of readDelimited(chunks, delimiter)) {
    if (problem !== undefined) yield { line, problem };
    else if (header === null) {
      header = fields.map((name) => name.trim());
      const twice = header.find((name, index) => header?.indexOf(name) !== index);
      if (twice !== undefined)
        yield { line, problem: `the column \`${twice}\` stands in the header twice; the last one counts` };
    } else if (fields.length !== header.length) {
      yield { line, problem: `it has ${fields.length} fields where the header has ${header.length}` };
    } else {
      yield { line, data: Object.fromEntries(header.map((name, index) => [name, fields[index] ?? ''])) };
    }
  }
}

async function* jsonLines(chunks: AsyncIterable<string>): AsyncGenerator<Row> {
  let line = 0;
  for await (const text of linesOf(chunks)) {
    if (text.trim() !== '') yield jsonRow(text, line);
    line++;
  }
}

function jsonRow(text: string, line: number): Row {
  try {
    const data = JSON.parse(text) as JsonValue;
    return isObject(data) ? { line, data } : { line, problem: 'a line holds one JSON object, `{…}`' };
  } catch {
    return { line, problem: 'it is not valid JSON' };
  }
}

async function* linesOf(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let pieces: string[] = [];
  for await (const chunk of chunks) {
    const lines = chunk.split('\n');
    for (const line of lines.slice(0, -1)) {
      yield [...pieces, line].join('');
      pieces = [];
    }
    pieces.push(lines.at(-1) ?? '');
  }
  yield pieces.join('');
}

/** JSON is YAML: one reader gives both their lines. */
async function* listRows(chunks: AsyncIterable<string>): AsyncGenerator<Row> {
  const pieces: string[] = [];
  for await (const chunk of chunks) pieces.push(chunk);
  const tree = readYaml(pieces.join(''));
  for (const { range, message } of tree.diagnostics) {
    yield { line: range.start.line, problem: message.replace(/\.$/, '') };
  }
  if (tree.diagnostics.length > 0) return;
  if (!Array.isArray(tree.value)) {
    yield { line: 0, problem: 'the file must be a list of maps' };
    return;
  }
  for (const [index, data] of tree.value.entries()) {
    const line = tree.locate([index]).start.line;
    const texts = Array.isArray(tree.texts) ? tree.texts[index] : undefined;
    const expected = isObject(texts) ? texts['expected'] : undefined;
    if (!isObject(data)) yield { line, problem: 'a case is a map of variable names to values' };
    else yield { line, data, ...(typeof expected === 'string' && { expected }) };
  }
}

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
