import { casesToWin } from './casesToWin.ts';
import type { Design } from './decisionRule.ts';

/**
 * What to know before the first token is spent; null when nothing speaks against the plan.
 *
 * @param cases cases, or groups of them, that will run
 */
export function warnOfTooFewCases(
  cases: number,
  confidenceLevel: number,
  mode: Design['mode'],
): string | null {
  const least = casesToWin(1 - confidenceLevel, { mode });
  if (cases >= least) return null;
  return `${cases} case${cases === 1 ? '' : 's'} cannot make a winner at ${Number((100 * confidenceLevel).toPrecision(10))}% confidence: at least ${least} that differ are needed.`;
}
