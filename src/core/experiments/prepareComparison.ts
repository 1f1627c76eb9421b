import { tQuantile } from '../statistics/quantiles.ts';

/** Loads the numeric library, some 10 ms: it comes with the first number that is asked of it. */
export function prepareComparison(): void {
  tQuantile(0.975, 1);
}
