import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTestData } from '../../../../src/core/formats/testData/readTestData.ts';
import type { TestDataFormat, TestDataItem } from '../../../../src/core/formats/testData/readTestData.ts';

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
});
