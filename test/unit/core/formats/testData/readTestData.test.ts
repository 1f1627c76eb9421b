import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTestData } from '../../../../../src/core/formats/testData/readTestData.ts';
import type { TestDataFormat, TestDataItem } from '../../../../../src/core/formats/testData/readTestData.ts';

async function* chunked(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield await Promise.resolve(text.slice(at, at + size));
}

async function read(text: string, format: TestDataFormat, size = 7): Promise<TestDataItem[]> {
  const items: TestDataItem[] = [];
  for await (const item of readTestData(chunked(text, size), format)) items.push(item);
  return items;
}

describe('readTestData', () => {
  it('reads CSV with a mark, CRLF, quotes and line ends inside quotes; bad rows do not stop it', async () => {
    const text = '\uFEFFinput,expected\r\n"a, ""b""\r\nc",1.50\r\n\r\nonly-one\r\nd,e';
    const items = await read(text, 'csv');
    expect(items[0]).toEqual({
      case: { id: 'case-1', variables: { input: 'a, "b"\r\nc' }, expected: '1.50' },
      line: 1,
    });
    expect(items[1]).toMatchObject({ line: 4, diagnostic: { code: 'bad-row' } });
    expect(items[2]).toMatchObject({ line: 5, case: { id: 'case-2', variables: { input: 'd' } } });
  });

  it.each([
    ['csv', 'input,Expected\na,b\nc,d\n', 1],
    ['jsonl', '{"input": "a", "EXPECTED": "b"}\n{"input": "c", "Expected": "d"}\n', 0],
    ['yaml', '- {input: a, expected: x}\n- {input: a, Expected: b}\n', 1],
  ] as const)('says once that `Expected` is not `expected`, and reads on: %s', async (format, text, line) => {
    const items = await read(text, format);
    expect(items.filter((item) => 'case' in item)).toHaveLength(2);
    const [note, ...more] = items.filter((item) => 'diagnostic' in item);
    expect(note).toMatchObject({ line, diagnostic: { code: 'bad-row' } });
    expect(JSON.stringify(note)).toContain('the reference answer is called `expected`');
    expect(more).toEqual([]);
  });

  it('gives the same cases wherever chunks are cut', async () => {
    const field = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', 'é') });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(field, field), { minLength: 1 }),
        fc.integer({ min: 1, max: 9 }),
        async (rows, size) => {
          const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
          const text = ['x,y', ...rows.map((row) => row.map(quote).join(','))].join('\n');
          const items = await read(text, 'csv', size);
          expect(items.map((item) => ('case' in item ? item.case.variables : item))).toEqual(
            rows.map(([x, y]) => ({ x, y })),
          );
        },
      ),
    );
  });

  it('reads JSON Lines, JSON and YAML, and says which line is bad', async () => {
    const lines = await read('{"a": 1}\nnonsense\n\n{"a": 2, "id": "x", "expected": {"b": 1}}\n', 'jsonl');
    expect(lines.map(({ line }) => line)).toEqual([0, 1, 3]);
    expect(lines[2]).toMatchObject({ case: { id: 'x', expected: '{"b":1}' } });
    expect(await read('[{"a": 1},\n 5]', 'json')).toMatchObject([
      { case: { variables: { a: 1 } } },
      { line: 1, diagnostic: {} },
    ]);
    expect(await read('- a: 1\n  expected: 1.50\n', 'yaml')).toMatchObject([{ case: { expected: '1.50' } }]);
    expect(await read('a: 1', 'yaml')).toMatchObject([{ diagnostic: { code: 'bad-row' } }]);
  });

  it('reports a quote that is never closed on the line it opens', async () => {
    expect(await read('a\nb\n"c\nd\n', 'csv')).toMatchObject([{ case: {} }, { line: 2, diagnostic: {} }]);
  });

  it('names what is wrong with the header of a table, and leaves a column without a name out', async () => {
    const items = await read('a,a,,b\n1,2,3,4\n', 'csv');
    expect(items.map(shown)).toEqual([
      '1: The column `a` stands in the header twice; the last one counts.',
      '1: A column without a name is left out.',
      { a: '2', b: '4' },
    ]);
  });

  it.each<[string, TestDataFormat, string, unknown[]]>([
    [
      'a JSON item that is no JSON',
      'json',
      '[{"a": 1},\n {a: 2},\n {"a": "]},\\""}, {"a":},\n5, {"a": [4, {}]}, tru]',
      [
        { a: 1 },
        '2:3: Row left out: it is not valid JSON: a key in double quotes belongs here.',
        { a: ']},"' },
        '3:23: Row left out: it is not valid JSON: a value belongs here.',
        '4: Row left out: a case is a JSON object, `{…}`.',
        { a: [4, {}] },
        '4: Row left out: it is not valid JSON.',
      ],
    ],
    [
      'a key given twice in JSON',
      'json',
      '[{"a": 1,\n"b": 1, "b": 2}, {"a": {"b": 1}, "b": 2}]\n',
      ['2: Row left out: `b` stands here twice: remove one of them.', { a: { b: 1 }, b: 2 }],
    ],
    [
      'a comma too many',
      'json',
      '[{"a": 1}, ]',
      [{ a: 1 }, '1: The comma before the closing `]` is one too many.'],
    ],
    [
      'two commas',
      'json',
      '[{"a": 1},\n, {"a": 2}]',
      [{ a: 1 }, '2: Row left out: there is nothing between two commas.', { a: 2 }],
    ],
    [
      'a comma too many within a row',
      'json',
      '[\n  {\n    "a": 1,\n  },\n  {"a": 2}\n]',
      ['4:3: Row left out: it is not valid JSON: the comma before this `}` is one too many.', { a: 2 }],
    ],
    [
      'a quote that is never closed',
      'json',
      '[{"a": 1},\n{"a": "b},\n{"a": "c"}]',
      [{ a: 1 }, '2:11: Nothing was read from here on: it is not valid JSON: the line ends within quotes.'],
    ],
    ...['{"a": "b', '{"a": "\\u00', '{"a', '{"a": ', '{"a": 1', '{"a": tr', '{"a": [{"b": 1}, '].map(
      (cut): [string, TestDataFormat, string, unknown[]] => [
        `a list cut off at ${cut}`,
        'json',
        `[{"a": 1},\n${cut}`,
        [{ a: 1 }, '2: Row left out: the file ends before it does.'],
      ],
    ),
    [
      'a file cut off between rows',
      'json',
      '[{"a": 1},\n',
      [{ a: 1 }, '2: The file ends before the list does: the closing `]` is missing.'],
    ],
    [
      'a last line that is cut off',
      'jsonl',
      '{"a": 1}\n{"a": "b',
      [{ a: 1 }, '2: Row left out: the file ends before it does.'],
    ],
    [
      'a table with semicolons',
      'csv',
      'input;expected\r\n"a, b";c\r\nd;e\r\n',
      [
        '1: Nothing was read. A .csv file has a comma between two columns; the header of this one has a semicolon instead. Save it with commas, or with tabs as .tsv.',
      ],
    ],
    [
      'a table with tabs',
      'csv',
      'input\texpected\na\tb\n',
      [
        '1: Nothing was read. A .csv file has a comma between two columns; the header of this one has a tab instead. Save it with commas, or name the file .tsv.',
      ],
    ],
    [
      'a table with commas',
      'tsv',
      'input,expected\na,b\n',
      [
        '1: Nothing was read. A .tsv file has a tab between two columns; the header of this one has a comma instead. Save it with tabs, or name the file .csv.',
      ],
    ],
    ['a table of one column', 'csv', 'input\na;b\nc\td\n', [{ input: 'a;b' }, { input: 'c\td' }]],
    ['semicolons beside commas', 'csv', 'a,b;c\n1,2\n', [{ a: '1', 'b;c': '2' }]],
    [
      'an object on several lines',
      'jsonl',
      '{\n"a": 1}\n',
      [
        '1: Row left out: the line ends before the object does (one object stands on one line).',
        '2:4: Row left out: it is not valid JSON: something follows the end of it here.',
      ],
    ],
    ...(['csv', 'tsv', 'jsonl', 'json', 'yaml'] as const).map(
      (format): [string, TestDataFormat, string, unknown[]] => [
        `an empty ${format} file`,
        format,
        '\n\n',
        ['1: Nothing was read: the file is empty.'],
      ],
    ),
    ['a list that goes on', 'json', '[{"a": 1}]\n]', [{ a: 1 }, '2: What follows the list was left out.']],
    ['no list', 'json', '{"a": [1]}', ['1: Nothing was read: the file must be a list of maps.']],
    [
      'YAML mistakes within a row',
      'yaml',
      '- a: 1\n- a: 1\n  a: 2\n- a: !when now\n- a: *nowhere\n- a: {{x}}\n- a: 5\n',
      [
        { a: 1 },
        '3: Row left out: `a` stands here twice: remove one of them.',
        '4: Row left out: The tag `!when` means nothing here: remove it.',
        '5: Row left out: Nothing above is marked `&nowhere`.',
        '6: Row left out: Without quotes YAML reads `{{…}}` as a mapping, not as text. Put the value in quotes.',
        { a: 5 },
      ],
    ],
    [
      'YAML that breaks',
      'yaml',
      '- a: 1\n- a: "2\n- a: 3\n',
      [{ a: 1 }, expect.stringMatching(/^2: Nothing was read from here on: This quote is never closed/)],
    ],
    [
      'a second document',
      'yaml',
      '- a: 1\n---\n- a: 2\n',
      [{ a: 1 }, expect.stringMatching(/^2: Nothing was read from here on: One file holds/)],
    ],
    [
      'too many aliases, of which none becomes nothing',
      'yaml',
      `- a: &x 1\n${'- a: *x\n'.repeat(101)}`,
      [
        ...Array.from({ length: 101 }, () => ({ a: 1 })),
        expect.stringMatching(/^102: Nothing was read from here on: More than 100/),
      ],
    ],
  ])('%s: says so on its line and reads the rest', async (_, format, text, expected) => {
    for (const size of [1, 7, 1000]) {
      const items = await read(text, format, size);
      expect(items.map(shown)).toEqual(expected);
    }
  });

  it.each<TestDataFormat>(['json', 'jsonl', 'yaml'])(
    'keeps numbers as they are written in %s',
    async (format) => {
      const row = '{"id": 1, "big": 12345678901234567890, "small": 1, "expected": 1.50}';
      const [item] = await read(format === 'jsonl' ? `${row}\r\n` : `[\r\n${row}\r\n]`, format);
      expect(item).toMatchObject({
        case: { id: '1', variables: { big: '12345678901234567890', small: 1 }, expected: '1.50' },
      });
    },
  );

  it.each<TestDataFormat>(['json', 'jsonl'])('refuses what nests too deeply in %s', async (format) => {
    const row = `{"a": ${'['.repeat(5000)}${']'.repeat(5000)}}`;
    const [item] = await read(format === 'json' ? `[${row}]` : row, format, 5000);
    expect(shown(item)).toMatch(/nested more than 100 levels/);
  });

  it.each<TestDataFormat>(['json', 'jsonl'])('takes a text of millions of escapes in %s', async (format) => {
    const text = '"\n'.repeat(2_000_000);
    const row = JSON.stringify({ text });
    const [item] = await read(format === 'json' ? `[${row}]` : row, format, 65_536);
    expect(item !== undefined && 'case' in item && item.case.variables['text'] === text).toBe(true);
  });

  it('any list of objects: the cases of its JSON, its JSON Lines and its YAML are the same', async () => {
    const data = fc.array(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { minKeys: 1 }), {
      minLength: 1,
      maxLength: 5,
    });
    await fc.assert(
      fc.asyncProperty(data, fc.integer({ min: 1, max: 9 }), async (rows, size) => {
        const json = await read(JSON.stringify(rows, null, size), 'json', size);
        const lines = await read(rows.map((row) => JSON.stringify(row)).join('\n'), 'jsonl', size);
        const yaml = await read(JSON.stringify(rows), 'yaml', size);
        const casesOf = (items: TestDataItem[]): unknown[] =>
          items.map((item) => ('case' in item ? item.case : item.diagnostic.message));
        expect(casesOf(json)).toEqual(casesOf(lines));
        expect(casesOf(yaml)).toEqual(casesOf(lines));
      }),
    );
  });
});

/** The variables of a case, or the line (from 1), the column if it is not the first, and the words of what is wrong. */
function shown(item: TestDataItem | undefined): unknown {
  if (item === undefined) return undefined;
  if ('case' in item) return item.case.variables;
  const { message, range } = item.diagnostic;
  const { line, column } = range.start;
  return `${line + 1}${column === 0 ? '' : `:${column + 1}`}: ${message}`;
}
