import type { JsonObject, JsonValue } from '../../src/core/domain/json.ts';
import type { SetupEdit } from '../../src/protocol/setup.ts';
import type { PastedRows } from '../pasteRows.ts';
import { isObject } from './reduceSetup.ts';
import { toFieldText } from './setupFields.ts';
import type { GridCell } from './setupState.ts';

/** The test's own cases; null where it has none of its own. */
export function casesOf(value: JsonObject): readonly JsonValue[] | null {
  const { testData } = value;
  return Array.isArray(testData) ? testData : null;
}

/** Columns of the grid: the variables in use, other keys of the cases in order, then `expected`. */
export function columnsOf(cases: readonly JsonValue[], variables: readonly string[]): readonly string[] {
  const keys = cases.flatMap((each) => (isObject(each) ? Object.keys(each) : []));
  const names = new Set([...(keys.includes('id') ? ['id'] : []), ...variables, ...keys]);
  names.delete('expected');
  return [...names, 'expected'];
}

export function cellText(testCase: JsonValue | undefined, column: string): string {
  return isObject(testCase) && Object.hasOwn(testCase, column) ? toFieldText(testCase[column]) : '';
}

/** What a text means in a cell that held `before`: numbers, yes and no and JSON stay what they are. */
function toCellValue(text: string, before: JsonValue | undefined): JsonValue {
  if (before === undefined || before === null || typeof before === 'string') return text;
  try {
    const value = JSON.parse(text) as JsonValue;
    return typeof value === typeof before && Array.isArray(value) === Array.isArray(before) ? value : text;
  } catch {
    return text;
  }
}

/** Empty means left out. */
export function cellEdits(
  cases: readonly JsonValue[],
  { row, column }: GridCell,
  columns: readonly string[],
  text: string,
): readonly SetupEdit[] {
  const name = columns[column];
  if (name === undefined) return [];
  const testCase = cases[row];
  if (row >= cases.length) return text === '' ? [] : [appendCases([{ [name]: text }])];
  if (!isObject(testCase)) return [{ type: 'set', path: ['testData', row], value: { [name]: text } }];
  if (cellText(testCase, name) === text) return [];
  const path = ['testData', row, name];
  if (text !== '') return [{ type: 'set', path, value: toCellValue(text, testCase[name]) }];
  return Object.hasOwn(testCase, name) ? [{ type: 'remove', path }] : [];
}

export const appendCases = (cases: readonly JsonObject[]): SetupEdit => ({
  type: 'append',
  path: ['testData'],
  values: cases,
});

/** Rows with a header become new cases; others fill cells from the active one on, to the right and down. */
export function pasteEdits(
  cases: readonly JsonValue[],
  columns: readonly string[],
  { header, rows }: PastedRows,
  at: GridCell,
): readonly SetupEdit[] {
  if (header !== null)
    return rows.length === 0 ? [] : [appendCases(rows.map((cells) => toCase(header, cells)))];
  const over = Math.max(0, Math.min(rows.length, cases.length - at.row));
  const fields = columns.slice(at.column);
  const filled = rows
    .slice(0, over)
    .flatMap((cells, row) =>
      cells
        .slice(0, fields.length)
        .flatMap((text, column) =>
          cellEdits(cases, { row: at.row + row, column: at.column + column }, columns, text),
        ),
    );
  const more = rows.slice(over).map((cells) => toCase(fields, cells));
  return more.length === 0 ? filled : [...filled, appendCases(more)];
}

/** A pasted row as a case: cells left empty are left out. */
function toCase(names: readonly string[], cells: readonly string[]): JsonObject {
  const entries = names.flatMap((name, index): [string, JsonValue][] => {
    const text = cells[index] ?? '';
    return text === '' ? [] : [[name, text]];
  });
  return Object.fromEntries(entries);
}
