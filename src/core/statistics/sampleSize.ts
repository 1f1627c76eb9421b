import { defaultAlpha, planningExtensionShare, planningShare, plannedPower } from './methodConstants.ts';
import { normalQuantile } from './quantiles.ts';
import { requireRange, requireWhole } from './requireRange.ts';
import { stageWeight } from './spending.ts';

/** The fewest cases that differ with which anybody can win: all won, two-sided p = 2^(1 − n) ≤ alpha. 6 at 5%. */
export function minWinningCases(alpha: number = defaultAlpha): number {
  return 1 + Math.ceil(-Math.log2(alpha) - 1e-12);
}

/**
 * The level to plan with, so that the power reached comes out near the planned one.
 *
 * @param stage 0 in fixed mode and for the cases planned at first, 1 for the first extension …
 */
function planningAlpha(stage: number, alpha: number = defaultAlpha): number {
  return stage === 0 ? planningShare * alpha : planningExtensionShare * alpha * stageWeight(stage);
}

export interface SampleSizeRequest {
  /** Standard deviation of one case's difference, ≥ 0. */
  readonly sd: number;
  /** The difference to be found, > 0. */
  readonly difference: number;
  /** Number of variants, ≥ 2, default 2. */
  readonly variants?: number;
  /** As in `planningAlpha`, default 0. */
  readonly stage?: number;
  /** Error level of the winner rule, default 0.05. */
  readonly alpha?: number;
}

/**
 * Total number of cases with which a difference of this size is found with 80% power (normal approximation with the
 * small-sample term z²/2 of Guenther 1981; simulated power 76–92%). Infinity after more extensions than a double can tell
 * apart.
 *
 * @throws RangeError for a request out of range
 */
export function sampleSize(request: SampleSizeRequest): number {
  const { sd, difference, variants = 2, stage = 0, alpha = defaultAlpha } = request;
  requireRange('the standard deviation', sd, 0);
  requireRange('the difference to be found', difference, Number.MIN_VALUE);
  requireWhole('the number of variants', variants, 2);
  requireWhole('the stage', stage, 0);
  requireRange('alpha', alpha, Number.MIN_VALUE, 1);
  const zAlpha = normalQuantile(1 - planningAlpha(stage, alpha) / 2);
  const zPower = normalQuantile(1 - (1 - plannedPower) / (variants - 1));
  const cases = (((zAlpha + zPower) * sd) / difference) ** 2 + zAlpha ** 2 / 2;
  return Math.max(minWinningCases(alpha), Math.ceil(cases));
}
