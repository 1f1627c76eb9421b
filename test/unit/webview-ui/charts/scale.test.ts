import fc from 'fast-check';
import { expect, test } from 'vitest';
import { differenceBins, histogram, logEdges } from '../../../../webview-ui/charts/histogram.ts';
import { steppedPath, thinOut } from '../../../../webview-ui/charts/linePath.ts';
import { linearScale, logScale } from '../../../../webview-ui/charts/scale.ts';

const places = (scale: { place: (value: number) => string }, values: readonly number[]): number[] =>
  values.map((value) => Number.parseFloat(scale.place(value)));

test('every value has a place between the ends, in order', () => {
  const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(values, (given) => {
      const scale = linearScale(given);
      const found = places(
        scale,
        given.toSorted((a, b) => a - b),
      );
      expect(found.every((place) => place >= 0 && place <= 100)).toBe(true);
      expect(found).toEqual(found.toSorted((a, b) => a - b));
      expect(scale.ticks.every((tick) => tick >= scale.low && tick <= scale.high)).toBe(true);
      expect(scale.ticks.length).toBeLessThanOrEqual(6);
    }),
  );
});

test('times from a millisecond to an hour fit their scale', () => {
  const times = fc.array(fc.double({ min: 1, max: 3.6e6, noNaN: true }), { minLength: 1 });
  fc.assert(
    fc.property(times, (given) => {
      const { low, high } = logScale(given);
      expect(low).toBeLessThanOrEqual(Math.min(...given));
      expect(high).toBeGreaterThanOrEqual(Math.max(...given));
      const counted = histogram(given, logEdges(low, high, 28)).reduce((sum, { count }) => sum + count, 0);
      expect(counted).toBe(given.length);
    }),
  );
});

test('no value and one value have a scale too', () => {
  expect(linearScale([]).ticks.length).toBeGreaterThan(0);
  const [place] = places(linearScale([0.5]), [0.5]);
  expect(place).toBeCloseTo(50, 5);
  expect(logScale([]).ticks.length).toBeGreaterThan(0);
});

test('the middle bin of the differences holds the ties alone, and both sides mirror each other', () => {
  const bins = differenceBins([0, 0, 1e-12, 0.05, -0.05, 0.1, -0.1, 1, -1]);
  const counts = bins.map(({ count }) => count);
  expect(counts[10]).toBe(3);
  expect(counts).toEqual(counts.toReversed());
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(9);
});

test('a line has gaps where there is no value, and many values are thinned to the last of each stretch', () => {
  const at = (x: number, y: number) => ({ x, y });
  expect(steppedPath([null, 0.5, 0.6, null, 0.7], at)).toBe('M1.0 0.5H2.0V0.6M4.0 0.7');
  expect(thinOut([1, 2, 3, 4, 5, 6], 3)).toEqual([2, 4, 6]);
  expect(thinOut([1, 2], 3)).toEqual([1, 2]);
});
