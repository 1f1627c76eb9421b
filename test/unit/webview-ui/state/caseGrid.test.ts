import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyToValue } from '../../../../src/core/formats/edit/applyToValue.ts';
import type { JsonObject, JsonValue } from '../../../../src/core/domain/json.ts';
import type { SetupEdit } from '../../../../src/protocol/setup.ts';
import { copyRows, pasteRows } from '../../../../webview-ui/pasteRows.ts';
import { cellEdits, cellText, columnsOf, pasteEdits } from '../../../../webview-ui/state/caseGrid.ts';
import { cellAfter } from '../../../../webview-ui/state/cellAfter.ts';

const columns = ['text', 'expected'];

function applied(cases: readonly JsonValue[], edits: readonly SetupEdit[]): readonly JsonValue[] {
  let value: JsonValue = { testData: [...cases] };
  for (const edit of edits) {
    const result = applyToValue(value, edit);
    if ('problem' in result) throw new Error(`no place for ${JSON.stringify(edit)}`);
    value = result.value;
  }
  return (value as JsonObject)['testData'] as readonly JsonValue[];
}

test('columns: an id first, then the variables, what else the cases have, and what is expected last', () => {
  const cases = [
    { expected: 'x', context: 'y' },
    { id: 'a', text: 'z' },
  ];
  expect(columnsOf(cases, ['text'])).toEqual(['id', 'text', 'context', 'expected']);
  expect(columnsOf([], [])).toEqual(['expected']);
});

test('a cell keeps the kind of its value, and an empty one is left out', () => {
  const cases = [{ words: 12, ok: true, list: [1], text: '5' }];
  const names = ['words', 'ok', 'list', 'text'];
  const type = (column: number, text: string) =>
    applied(cases, cellEdits(cases, { row: 0, column }, names, text))[0];
  expect(type(0, '13')).toMatchObject({ words: 13 });
  expect(type(0, 'thirteen')).toMatchObject({ words: 'thirteen' });
  expect(type(1, 'false')).toMatchObject({ ok: false });
  expect(type(2, '[1,2]')).toMatchObject({ list: [1, 2] });
  expect(type(3, '6')).toMatchObject({ text: '6' });
  expect(type(3, '')).toEqual({ words: 12, ok: true, list: [1] });
  expect(cellEdits(cases, { row: 0, column: 3 }, names, '5')).toEqual([]);
});

test('a row that is no mapping is replaced, and the row below the last is a new case', () => {
  expect(applied(['x'], cellEdits(['x'], { row: 0, column: 0 }, columns, 'a'))).toEqual([{ text: 'a' }]);
  expect(applied([{}], cellEdits([{}], { row: 1, column: 1 }, columns, 'b'))).toEqual([
    {},
    { expected: 'b' },
  ]);
});

test('pasted cells fill the grid from the active cell on, and make cases of what is left over', () => {
  const cases = [{ text: 'a' }, { text: 'b', expected: 'c' }];
  const pasted = pasteRows('1\t2\n3\t4\n5\t6', columns);
  const at = (row: number, column: number) =>
    applied(cases, pasteEdits(cases, columns, pasted, { row, column }));
  expect(at(1, 0)).toEqual([
    { text: 'a' },
    { text: '1', expected: '2' },
    { text: '3', expected: '4' },
    { text: '5', expected: '6' },
  ]);
  expect(at(0, 1)).toEqual([{ text: 'a', expected: '1' }, { text: 'b', expected: '3' }, { expected: '5' }]);
});

test('what is copied out of a grid and pasted below it is there twice', () => {
  const text = fc.string({ minLength: 1 }).map((each) => `x${each}`);
  const table = fc.array(fc.record({ text, expected: text }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(table, (cases) => {
      const copied = copyRows(cases.map((each) => columns.map((name) => cellText(each, name))));
      const edits = pasteEdits(cases, columns, pasteRows(copied, []), { row: cases.length, column: 0 });
      expect(applied(cases, edits)).toEqual([...cases, ...cases]);
    }),
  );
});

test('no paste anywhere breaks anything', () => {
  const cases = fc.array(fc.oneof(fc.record({ text: fc.string() }), fc.string(), fc.constant(null)));
  const cell = fc.record({ row: fc.nat(8), column: fc.nat(4) });
  fc.assert(
    fc.property(
      cases,
      fc.string({ unit: fc.constantFrom('"', '\t', '\n', 'a', 'text') }),
      cell,
      (list, text, at) => {
        const rows = applied(list, pasteEdits(list, columns, pasteRows(text, columns), at));
        expect(rows.length).toBeGreaterThanOrEqual(list.length);
      },
    ),
    { numRuns: 1_000 },
  );
});

test('keys move within the grid and stop at its edges', () => {
  const size = { rows: 3, columns: 2 };
  const key = (name: string, more: object = {}) => ({
    key: name,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    ...more,
  });
  expect(cellAfter(key('ArrowDown'), { row: 2, column: 0 }, size)).toEqual({ row: 2, column: 0 });
  expect(cellAfter(key('ArrowRight'), { row: 0, column: 0 }, size)).toEqual({ row: 0, column: 1 });
  expect(cellAfter(key('End', { ctrlKey: true }), { row: 0, column: 0 }, size)).toEqual({
    row: 2,
    column: 1,
  });
  expect(cellAfter(key('Tab'), { row: 0, column: 0 }, size)).toBeNull();
  expect(cellAfter(key('ArrowDown', { altKey: true }), { row: 0, column: 0 }, size)).toBeNull();
});
