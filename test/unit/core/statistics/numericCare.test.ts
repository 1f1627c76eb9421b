import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differenceInterval } from '../../../../src/core/statistics/differenceInterval.ts';
import { differencePosterior } from '../../../../src/core/statistics/differencePosterior.ts';
import { FoldedLaw } from '../../../../src/core/statistics/foldedLaw.ts';
import { holm } from '../../../../src/core/statistics/holm.ts';
import { toLattice } from '../../../../src/core/statistics/lattice.ts';
import { metricRatio } from '../../../../src/core/statistics/metricRatio.ts';
import { regressionBound } from '../../../../src/core/statistics/regressionBound.ts';
import { seededOrder } from '../../../../src/core/statistics/seededOrder.ts';
import { variantInterval } from '../../../../src/core/statistics/variantInterval.ts';

describe('numbers at their limits', () => {
  it('the posterior survives 100,000 equal differences', () => {
    for (const difference of [0, 0.0305, 1, -1]) {
      const { probability, effect } = differencePosterior(new Array<number>(100_000).fill(difference));
      expect(probability).toBeGreaterThanOrEqual(0);
      expect(probability).toBeLessThanOrEqual(1);
      expect(effect).toBeCloseTo(difference, 2);
    }
  });

  it('the posterior of turned differences is the turned posterior', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 40 }),
        (d) => {
          const here = differencePosterior(d);
          const turned = differencePosterior(d.map((x) => -x));
          expect(turned.probability + here.probability).toBeCloseTo(1, 9);
          expect(turned.effect + here.effect).toBeCloseTo(0, 9);
        },
      ),
    );
  });

  it('intervals contain the mean and stay in range', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 60 }),
        (x) => {
          const { mean, low, high } = variantInterval(x);
          expect(low).toBeGreaterThanOrEqual(0);
          expect(high).toBeLessThanOrEqual(1);
          expect(low).toBeLessThanOrEqual(mean + 1e-12);
          expect(high).toBeGreaterThanOrEqual(mean - 1e-12);
          const difference = differenceInterval(x.map((score) => score - 0.5));
          expect(difference.low).toBeLessThanOrEqual(mean - 0.5 + 1e-12);
          expect(difference.high).toBeGreaterThanOrEqual(mean - 0.5 - 1e-12);
        },
      ),
    );
  });

  it('the lattice is odd-symmetric', () => {
    fc.assert(
      fc.property(fc.double({ min: -1, max: 1, noNaN: true }), (d) => {
        expect(toLattice(-d, 840) + toLattice(d, 840)).toBe(0);
      }),
    );
    expect([1 / 3, 2 / 7, 1 / 8, 0.0005, -0.5].map((d) => toLattice(d, 840))).toEqual([
      280, 240, 105, 0, -420,
    ]);
  });

  it('the law of a sum is a distribution, whatever the magnitudes', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 840 }), { maxLength: 40 }), (magnitudes) => {
        const law = new FoldedLaw();
        for (const magnitude of magnitudes) law.step(magnitude);
        expect(law.at(0) + law.twoSidedTail(1)).toBeCloseTo(1, 12);
      }),
    );
  });

  it('Holm never lowers a p value, never exceeds 1 and keeps their order', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 45 }), (p) => {
        const adjusted = holm(p);
        for (const [i, value] of adjusted.entries()) {
          expect(value).toBeGreaterThanOrEqual(p[i]!);
          expect(value).toBeLessThanOrEqual(1);
          for (const [j, other] of adjusted.entries())
            if (p[i]! < p[j]!) expect(value).toBeLessThanOrEqual(other);
        }
      }),
    );
  });

  it('the bound on losses grows with the losses and covers them', () => {
    const bounds = Array.from({ length: 21 }, (_, losses) => regressionBound(losses, 20));
    expect(bounds).toEqual(bounds.toSorted((a, b) => a - b));
    for (const [losses, bound] of bounds.entries()) expect(bound).toBeGreaterThanOrEqual(losses / 20);
    expect([regressionBound(20, 20), regressionBound(0, 0)]).toEqual([1, 1]);
  });

  it('ratios without data, with one case and of extreme sizes', () => {
    expect(metricRatio([[null]], [[5]])).toEqual({ n: 0, ratio: null, low: null, high: null, pValue: 1 });
    expect(metricRatio([[2]], [[1]])).toEqual({ n: 1, ratio: 0.5, low: null, high: null, pValue: 1 });
    const { ratio } = metricRatio([[1e-9], [1e-9]], [[1e9], [2e9]]);
    expect(ratio).toBeGreaterThan(1e18);
  });

  it('a seeded order holds every case once', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 0, max: 300 }), (seed, n) => {
        const order = seededOrder(seed, n);
        expect(order.toSorted((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
        expect(seededOrder(seed, n)).toEqual(order);
      }),
    );
  });
});
