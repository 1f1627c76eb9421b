import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonProblem } from '../../../../../src/core/formats/testData/jsonProblem.ts';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('jsonProblem', () => {
  it('finds one exactly where the platform finds none valid, whatever is cut out, put in or swapped', () => {
    const piece = fc.constantFrom(...'{}[]",:\\ \n\t01.-+eEtrufalsn/'.split(''), '\\u00e9', 'null', '\u0001');
    const spoilt = fc
      .tuple(fc.json({ maxDepth: 3 }), fc.nat(), fc.nat(3), fc.array(piece, { maxLength: 2 }))
      .map(([json, at, length, put]) => {
        const start = at % (json.length + 1);
        return json.slice(0, start) + put.join('') + json.slice(start + length);
      });
    const scribbled = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(fc.oneof(spoilt, scribbled), (text) => {
        const problem = jsonProblem(text);
        expect(problem === null).toBe(isJson(text));
        if (problem !== null) expect(problem.what === 'end').toBe(problem.offset === text.length);
      }),
      { numRuns: 3000 },
    );
  });

  it('says of every beginning of an object that it ends too early', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(3), fc.nat(), (value, indent, at) => {
        const json = JSON.stringify(value, null, indent);
        const cut = json.slice(0, at % json.length);
        expect(jsonProblem(cut)).toMatchObject({ what: 'end', offset: cut.length });
      }),
    );
  });

  it.each([
    ['{"a": 1,}', 8, 'the comma before this `}` is one too many'],
    ['[1, ]', 4, 'the comma before this `]` is one too many'],
    ["{'a': 1}", 1, 'a key in double quotes belongs here'],
    ['{"a" 1}', 5, 'a `:` belongs here'],
    ['{"a": 1 "b": 2}', 8, 'a `,` or a `}` belongs here'],
    ['[1 2]', 3, 'a `,` or a `]` belongs here'],
    ['{"a": None}', 6, 'a value belongs here'],
    ['{"a": "\\d"}', 7, 'this backslash means nothing; a backslash itself is written twice'],
    ['{"a": "b\n"}', 8, 'the line ends within quotes'],
    ['{"a": "\t"}', 7, 'a control character stands within quotes'],
    ['{} {}', 3, 'something follows the end of it here'],
  ])('%j: at %d, %s', (text, offset, words) => {
    expect(jsonProblem(text)).toEqual({ offset, what: 'other', words });
  });

  it('stops at no depth and no length', () => {
    expect(jsonProblem('['.repeat(1_000_000))).toMatchObject({ what: 'end' });
    expect(jsonProblem(`"${'\\n'.repeat(1_000_000)}`)).toMatchObject({ what: 'end' });
  });
});
