import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SignFlipTest } from '../../../../src/core/statistics/signFlipTest.ts';

const differences = (maxLength: number) =>
  fc.array(fc.integer({ min: -840, max: 840 }), { minLength: 1, maxLength });

/** By trying all sign patterns. */
function enumerated(d: readonly number[]): number {
  const sum = Math.abs(d.reduce((total, x) => total + x, 0));
  if (sum === 0) return 1;
  let atLeast = 0;
  for (let pattern = 0; pattern < 2 ** d.length; pattern += 1) {
    const flipped = d.reduce((total, x, i) => total + (Math.floor(pattern / 2 ** i) % 2 === 0 ? x : -x), 0);
    if (Math.abs(flipped) >= sum) atLeast += 1;
  }
  return atLeast / 2 ** d.length;
}

describe('SignFlipTest', () => {
  it('equals the enumeration of all sign patterns', () => {
    fc.assert(
      fc.property(differences(10), (d) => {
        expect(SignFlipTest.of(d).pValue).toBeCloseTo(enumerated(d), 12);
      }),
    );
  });

  it('is pushed case by case to the same result', () => {
    fc.assert(
      fc.property(differences(30), (d) => {
        const test = new SignFlipTest();
        for (const difference of d) test.push(difference);
        expect(test.pValue).toBeCloseTo(SignFlipTest.of(d).pValue, 12);
      }),
    );
  });

  it('does not depend on the order of the cases, to the last bit', () => {
    fc.assert(
      fc.property(differences(30), (d) => {
        expect(SignFlipTest.of(d.toReversed()).pValue).toBe(SignFlipTest.of(d).pValue);
      }),
    );
  });

  it('swapping the variants changes nothing but the sign', () => {
    fc.assert(
      fc.property(differences(30), (d) => {
        const swapped = SignFlipTest.of(d.map((x) => -x));
        expect(swapped.pValue).toBe(SignFlipTest.of(d).pValue);
        expect(swapped.sum + SignFlipTest.of(d).sum).toBe(0);
      }),
    );
  });

  it('a tie leaves p as it is', () => {
    fc.assert(
      fc.property(differences(30), (d) => {
        expect(SignFlipTest.of([...d, 0]).pValue).toBe(SignFlipTest.of(d).pValue);
      }),
    );
  });

  it('one more case won by the leader never raises p', () => {
    fc.assert(
      fc.property(differences(30), fc.integer({ min: 1, max: 840 }), (d, win) => {
        const test = SignFlipTest.of(d);
        fc.pre(test.sum !== 0);
        const more = test.with([test.sum > 0 ? win : -win]);
        expect(more.pValue).toBeLessThanOrEqual(test.pValue + 1e-12);
      }),
    );
  });

  it('extending leaves the original as it is', () => {
    const test = SignFlipTest.of([840, 840, 840]);
    expect(test.with([840, 280, 1]).sum).toBe(3641);
    expect([test.sum, test.pValue]).toEqual([2520, 0.25]);
  });

  it('guards as if the worst cases had been there from the start', () => {
    fc.assert(
      fc.property(differences(20), fc.integer({ min: 1, max: 2 }), (d, losses) => {
        const test = SignFlipTest.of(d);
        const worst = test.sum > 0 ? -840 : 840;
        const after = SignFlipTest.of([...d, ...new Array<number>(losses).fill(worst)]);
        const stillAhead = Math.sign(after.sum) === Math.sign(test.sum) && after.sum !== 0;
        expect(test.guardPValue(losses, 840)).toBeCloseTo(stillAhead ? after.pValue : 1, 12);
      }),
    );
  });

  it.each([
    ['no case', [], 1],
    ['one case', [840], 1],
    ['five of five', [1, 1, 1, 1, 1], 0.0625],
    ['six of six', [1, 1, 1, 1, 1, 1], 0.03125],
    ['only ties', [0, 0, 0], 1],
  ])('%s', (_, d, p) => {
    expect(SignFlipTest.of(d).pValue).toBe(p);
  });

  it('stays above 0 and finite when every one of 5,000 cases is won', () => {
    const { pValue } = SignFlipTest.of(new Array<number>(5000).fill(840));
    expect(pValue).toBeGreaterThan(0);
    expect(pValue).toBeLessThan(1e-280);
  });
});
