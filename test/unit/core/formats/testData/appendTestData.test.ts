import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appendTestData, withoutKnown } from '../../../../../src/core/formats/testData/appendTestData.ts';
import type { TestDataFormat } from '../../../../../src/core/formats/testData/readTestData.ts';

const late = { text: 'It came "late", again', expected: 'late' };
const broken = { text: 'It was broken.\nTwice.', expected: 'broken' };

async function appended(text: string, format: TestDataFormat, cases = [late, broken]): Promise<string> {
  const result = await appendTestData(text, format, cases);
  if (result.status === 'refused') throw new Error(result.message);
  return result.text;
}

describe('appendTestData', () => {
  it.each<[string, TestDataFormat, string, string]>([
    [
      'a table keeps its columns in their order, and quotes what needs it',
      'csv',
      'expected,text,note\nfine,All is well,x\n',
      'expected,text,note\nfine,All is well,x\nlate,"It came ""late"", again",\nbroken,"It was broken.\nTwice.",\n',
    ],
    [
      'line ends stay as they are, also a missing last one',
      'tsv',
      'text\texpected\r\nAll is well\tfine',
      'text\texpected\r\nAll is well\tfine\r\n"It came ""late"", again"\tlate\r\n"It was broken.\nTwice."\tbroken',
    ],
    [
      'lines of JSON',
      'jsonl',
      '{"text": "All is well", "expected": "fine"}\n',
      '{"text": "All is well", "expected": "fine"}\n{"text":"It came \\"late\\", again","expected":"late"}\n{"text":"It was broken.\\nTwice.","expected":"broken"}\n',
    ],
    [
      'a list of JSON, indented as it is',
      'json',
      '[\n    {\n        "text": "All is well"\n    }\n]\n',
      '[\n    {\n        "text": "All is well"\n    },\n    {\n        "text": "It came \\"late\\", again",\n        "expected": "late"\n    },\n    {\n        "text": "It was broken.\\nTwice.",\n        "expected": "broken"\n    }\n]\n',
    ],
    [
      'a list of JSON on one line',
      'json',
      '[{"text": "a"}]',
      '[{"text": "a"}, {"text":"It came \\"late\\", again","expected":"late"}, {"text":"It was broken.\\nTwice.","expected":"broken"}]',
    ],
    [
      'YAML keeps its comments',
      'yaml',
      '# the good ones\n- text: All is well # really\n  expected: fine\n',
      '# the good ones\n- text: All is well # really\n  expected: fine\n- text: It came "late", again\n  expected: late\n- text: |-\n    It was broken.\n    Twice.\n  expected: broken\n',
    ],
  ])('%s', async (_, format, before, after) => {
    expect(await appended(before, format)).toBe(after);
  });

  it('adds nothing that is there already, whatever it is called', async () => {
    const text = 'id,text,expected\nfirst,"It came ""late"", again",late\n';
    expect(await appendTestData(text, 'csv', [late])).toEqual({ status: 'appended', text, added: 0 });
    expect(await appendTestData('{"text":1}\n', 'jsonl', [{ text: '1' }])).toMatchObject({ added: 0 });
    expect(withoutKnown([{ a: 1, id: 'x' }], [{ a: 1 }, { a: 2 }, { a: 2, id: 'y' }])).toEqual([{ a: 2 }]);
  });

  it('says what to do where a column is missing, and leaves the text as it is', async () => {
    const result = await appendTestData('text\nx\n', 'csv', [late]);
    expect(result).toEqual({
      status: 'refused',
      message: 'The data file has no column `expected`. Add it to the header line first.',
    });
  });

  it('refuses a table with another delimiter than its ending says', async () => {
    expect(await appendTestData('text;expected\na;b\n', 'csv', [late])).toEqual({
      status: 'refused',
      message:
        'A .csv file has a comma between two columns; the header of this one has a semicolon instead. Save it with commas, or with tabs as .tsv.',
    });
  });

  it('begins an empty file', async () => {
    expect(await appended('', 'csv', [late])).toBe('text,expected\n"It came ""late"", again",late\n');
    expect(JSON.parse(await appended('[]\n', 'json', [late]))).toEqual([late]);
    expect(await appended('', 'yaml', [late])).toBe('- text: It came "late", again\n  expected: late\n');
  });

  it('whatever the cases hold, the old text stands and the new cases follow', async () => {
    const word = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text.trim() !== '');
    const cases = fc.array(fc.record({ text: word, expected: word }), { minLength: 1, maxLength: 4 });
    const formats = fc.constantFrom<[TestDataFormat, string]>(
      ['csv', 'text,expected\nold,fine\n'],
      ['jsonl', '{"text":"old","expected":"fine"}\n'],
      ['json', '[\n  {"text": "old", "expected": "fine"}\n]\n'],
      ['yaml', '# c\n- text: old\n  expected: fine\n'],
    );
    await fc.assert(
      fc.asyncProperty(formats, cases, async ([format, text], given) => {
        const result = await appendTestData(text, format, given);
        if (result.status === 'refused') return;
        expect(result.text.startsWith(format === 'json' ? text.slice(0, -3) : text)).toBe(true);
        expect(await appendTestData(result.text, format, given)).toMatchObject({ added: 0 });
      }),
      { numRuns: 200 },
    );
  });
});
