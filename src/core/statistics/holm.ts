import { requireRange } from './requireRange.ts';

/**
 * Holm's step-down adjustment (1979): p values that a reader may look at together.
 *
 * @param pValues each in 0..1
 * @returns the adjusted ones, in the same order
 * @throws RangeError for a p value outside 0..1
 */
export function holm(pValues: readonly number[]): number[] {
  for (const pValue of pValues) requireRange('a p value', pValue, 0, 1);
  const order = pValues.map((pValue, index) => ({ pValue, index })).sort((x, y) => x.pValue - y.pValue);
  const adjusted = new Array<number>(pValues.length).fill(1);
  let running = 0;
  for (const [rank, { pValue, index }] of order.entries()) {
    running = Math.max(running, Math.min(1, (pValues.length - rank) * pValue));
    adjusted[index] = running;
  }
  return adjusted;
}
