import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { minWinningCases, sampleSize } from '../../../../src/core/statistics/sampleSize.ts';

describe('sampleSize', () => {
  it('is what the table in the documentation says', () => {
    const docs = readFileSync(new URL('../../../../docs/statistics.md', import.meta.url), 'utf8');
    // What a case's difference spreads by in simulations: yes/no, the same with three repetitions, graded.
    const sds = [0.58, 0.36, 0.3];
    for (const points of [5, 10, 20]) {
      const row = new RegExp(`^\\| ${points} points\\D+(\\d+)\\D+(\\d+)\\D+(\\d+)`, 'm').exec(docs);
      const expected = sds.map((sd) => sampleSize({ sd, difference: points / 100 }));
      expect(row?.slice(1).map(Number)).toEqual(expected);
    }
  });

  it.each([
    [0.05, 6],
    [0.0625, 5],
    [0.1, 5],
    [0.01, 8],
  ])('at a level of %d nobody wins with fewer than %i cases', (alpha, cases) => {
    expect(minWinningCases(alpha)).toBe(cases);
    expect(2 ** (1 - cases)).toBeLessThanOrEqual(alpha);
    expect(2 ** (2 - cases)).toBeGreaterThan(alpha);
  });
});
