import { priorCases, priorDifferenceSd, priorEffectSd } from './methodConstants.ts';
import { mean, squaredDeviations } from './moments.ts';
import { requireRange } from './requireRange.ts';

export interface DifferencePosterior {
  /** Probability that the true mean difference is positive, 0..1. */
  readonly probability: number;
  /** Posterior mean of the true difference: the observed one, shrunk. */
  readonly effect: number;
}

/** The grid of possible true differences is g / 1000, g = −1000 … 1000. */
const halfGrid = 1000;

/**
 * Standard deviation of one case's difference, regularised: the prior counts for two cases of 0.3.
 *
 * @param differences one per case, may be empty
 */
export function regularisedSd(differences: readonly number[]): number {
  return Math.sqrt(regularisedSquares(differences) / (differences.length + priorCases - 1));
}

function regularisedSquares(differences: readonly number[]): number {
  const prior = priorCases * priorDifferenceSd ** 2;
  return differences.length === 0 ? prior : prior + squaredDeviations(differences, mean(differences));
}

/**
 * What the data and a weak zero-centred prior (true differences between prompts: normal with sd 0.1) say about the true
 * mean difference: a t likelihood with n + 1 degrees of freedom, on a grid.
 *
 * @param differences one per case; without any, what the prior says
 * @throws RangeError for a difference that is no finite number
 */
export function differencePosterior(differences: readonly number[]): DifferencePosterior {
  for (const difference of differences) requireRange('a difference', difference);
  const n = differences.length;
  if (n === 0) return { probability: 0.5, effect: 0 };
  const observed = mean(differences);
  const degrees = n + priorCases - 1;
  const scale2 = regularisedSquares(differences) / degrees / n;
  const logWeights = new Float64Array(2 * halfGrid + 1);
  let largest = -Infinity;
  for (let i = 0; i < logWeights.length; i += 1) {
    const g = (i - halfGrid) / halfGrid;
    const likelihood = (-(degrees + 1) / 2) * Math.log1p((g - observed) ** 2 / (degrees * scale2));
    const logWeight = likelihood - (g / priorEffectSd) ** 2 / 2;
    logWeights[i] = logWeight;
    largest = Math.max(largest, logWeight);
  }
  let total = 0;
  let positive = 0;
  let weighted = 0;
  for (let distance = 0; distance <= halfGrid; distance += 1) {
    const up = Math.exp((logWeights[halfGrid + distance] ?? 0) - largest);
    const down = distance === 0 ? 0 : Math.exp((logWeights[halfGrid - distance] ?? 0) - largest);
    total += up + down;
    positive += distance === 0 ? up / 2 : up;
    weighted += (distance / halfGrid) * (up - down);
  }
  return { probability: positive / total, effect: weighted / total };
}
