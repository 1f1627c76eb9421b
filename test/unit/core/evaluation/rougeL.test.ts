import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commonSubsequenceLength } from '../../../../src/core/evaluation/rougeL.ts';

/** The textbook table. */
function reference(a: readonly string[], b: readonly string[]): number {
  let above = new Array<number>(b.length + 1).fill(0);
  for (const word of a) {
    const row = [0];
    b.forEach((other, at) => {
      row.push(word === other ? (above[at] ?? 0) + 1 : Math.max(above[at + 1] ?? 0, row[at] ?? 0));
    });
    above = row;
  }
  return above[b.length] ?? 0;
}

test('agrees with the textbook table, across block borders', () => {
  const words = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 150 });
  fc.assert(
    fc.property(words, words, (a, b) => commonSubsequenceLength(a, b) === reference(a, b)),
    {
      numRuns: 500,
    },
  );
  const rare = fc.array(
    fc.integer({ min: 0, max: 90 }).map((n) => `w${n}`),
    { maxLength: 200 },
  );
  fc.assert(
    fc.property(rare, rare, (a, b) => commonSubsequenceLength(a, b) === reference(a, b)),
    {
      numRuns: 300,
    },
  );
});

test('takes long texts', () => {
  const words = Array.from({ length: 50_000 }, (_, at) => `w${at % 997}`);
  expect(commonSubsequenceLength(words, words)).toBe(50_000);
});
