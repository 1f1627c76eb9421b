import fc from 'fast-check';
import { expect, test } from 'vitest';
import { copyRows, pasteRows } from '../../../webview-ui/pasteRows.ts';

const known = ['text', 'expected'];

test('what a spreadsheet copies is read: tabs, quotes, line ends in cells', () => {
  const text = 'Text\texpected\r\n"two\nlines"\tyes\r\nwith ""quotes""\t"a\tb"\r\n';
  expect(pasteRows(text, known)).toEqual({
    header: ['text', 'expected'],
    rows: [
      ['two\nlines', 'yes'],
      ['with ""quotes""', 'a\tb'],
    ],
  });
});

test.each([
  ['commas', 'text,expected\n"one, two",3\n'],
  ['semicolons, as spreadsheets write them where the comma is for decimals', 'text;expected\n"one, two";3\n'],
  ['a byte order mark', '\uFEFFtext,expected\n"one, two",3\n'],
])('%s are understood', (_, text) => {
  expect(pasteRows(text, known)).toEqual({ header: ['text', 'expected'], rows: [['one, two', '3']] });
});

test.each([
  ['no name that is known', 'alpha\tbeta\n1\t2'],
  ['a name twice', 'text\ttext\n1\t2'],
  ['a cell without a name', 'text\t\n1\t2'],
])('a first row with %s is a case like the others', (_, text) => {
  expect(pasteRows(text, known)).toMatchObject({ header: null, rows: { length: 2 } });
});

test('short rows are filled up', () => {
  expect(pasteRows('a\tb\tc\nd', known).rows).toEqual([
    ['a', 'b', 'c'],
    ['d', '', ''],
  ]);
  expect(pasteRows('', known)).toEqual({ header: null, rows: [] });
});

test('any text is read without complaint, into rows of one length', () => {
  const messy = fc.string({
    unit: fc.constantFrom('"', '\t', ',', ';', '\n', '\r', 'a', 'text', 'é', '\u0000'),
  });
  fc.assert(
    fc.property(fc.oneof(fc.string(), messy, fc.string({ unit: 'binary' })), (text) => {
      const { header, rows } = pasteRows(text, known);
      const width = header?.length ?? rows[0]?.length ?? 0;
      expect(rows.every((cells) => cells.length === width)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test('cells that are copied are pasted as they were', () => {
  const cell = fc.string({ unit: fc.constantFrom('"', '\t', ',', ';', '\n', '\r\n', 'a', ' ', '語') });
  const table = fc
    .integer({ min: 2, max: 4 })
    .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1 }));
  fc.assert(
    fc.property(table, (rows) => {
      const full = rows.map((cells) => cells.map((text) => `x${text}`));
      expect(pasteRows(copyRows(full), []).rows).toEqual(full);
    }),
    { numRuns: 1_000 },
  );
});
