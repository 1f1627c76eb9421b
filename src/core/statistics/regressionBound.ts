import { betaQuantile } from './quantiles.ts';

/**
 * Upper 95% bound of the share of cases that get worse (Clopper and Pearson 1934, one-sided).
 *
 * @param losses cases that got worse, 0..n
 * @param n cases compared, ≥ 0
 * @returns 0..1; 1 when all were lost or there were none
 */
export function regressionBound(losses: number, n: number): number {
  return losses >= n ? 1 : betaQuantile(0.95, losses + 1, n - losses);
}
