import { betaQuantile } from './quantiles.ts';
import { requireWhole } from './requireRange.ts';

/**
 * Upper 95% bound of the share of cases that get worse (Clopper and Pearson 1934, one-sided).
 *
 * @param losses cases that got worse, 0..n
 * @param n cases compared, ≥ 0
 * @returns 0..1; 1 when all were lost or there were none
 * @throws RangeError when these are no counts, or more are lost than were compared
 */
export function regressionBound(losses: number, n: number): number {
  requireWhole('the number of cases', n, 0);
  requireWhole('the number of losses', losses, 0, n);
  return losses === n ? 1 : betaQuantile(0.95, losses + 1, n - losses);
}
