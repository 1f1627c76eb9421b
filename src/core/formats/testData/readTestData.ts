import type { Diagnostic, Position } from '../../domain/diagnostic.ts';
import type { TestCase } from '../../domain/testCase.ts';
import { aboutMisspelled, CaseIds, misspelledExpected, toTestCase } from '../normalise/toTestCase.ts';
import type { DataRow, RowReader } from './dataRow.ts';
import { delimitedRows } from './delimitedRows.ts';
import { jsonLines, jsonList } from './jsonRows.ts';
import { yamlRows } from './yamlRows.ts';

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
 * Reads test cases from a file's text, given in chunks cut anywhere. Memory is constant but for yaml (a list of maps),
 * which is read whole. A byte order mark and CRLF are understood.
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
  let isNoted = false;
  function* toItems(row: DataRow): Generator<TestDataItem> {
    const { line } = row;
    if (!('data' in row)) {
      const message = 'note' in row ? row.note : `Row left out: ${row.problem}.`;
      yield { diagnostic: badRow({ line, column: row.column ?? 0 }, message), line };
      return;
    }
    const misspelled = isNoted ? null : misspelledExpected(row.data);
    if (misspelled !== null) {
      isNoted = true;
      yield { diagnostic: badRow({ line, column: 0 }, aboutMisspelled(misspelled)), line };
    }
    yield { case: ids.unique(toTestCase(row.data, ordinal++, row.expected)), line };
  }
  const reader = rowReader(format);
  let isBlank = true;
  for await (const piece of withoutMark(chunks)) {
    isBlank &&= piece.trim() === '';
    for (const row of reader.take(piece)) yield* toItems(row);
  }
  if (isBlank) yield* toItems({ line: 0, note: 'Nothing was read: the file is empty.' });
  else for (const row of reader.end()) yield* toItems(row);
}

function rowReader(format: TestDataFormat): RowReader {
  switch (format) {
    case 'csv':
      return delimitedRows(',');
    case 'tsv':
      return delimitedRows('\t');
    case 'jsonl':
      return jsonLines();
    case 'json':
      return jsonList();
    case 'yaml':
      return yamlRows();
  }
}

function badRow(at: Position, message: string): Diagnostic {
  return { code: 'bad-row', severity: 'error', message, range: { start: at, end: at } };
}

async function* withoutMark(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let isFirst = true;
  for await (const chunk of chunks) {
    if (chunk === '') continue;
    yield isFirst && chunk.startsWith('\uFEFF') ? chunk.slice(1) : chunk;
    isFirst = false;
  }
}
