import betaQuantileOf from '@stdlib/stats-base-dists-beta-quantile';
import normalQuantileOf from '@stdlib/stats-base-dists-normal-quantile';
import tQuantileOf from '@stdlib/stats-base-dists-t-quantile';

/** The only place that knows which numeric library is used. All are accurate to about 4e-15. */

/** Quantile of Student's t with `degreesOfFreedom` > 0 at `probability` in 0..1. */
export function tQuantile(probability: number, degreesOfFreedom: number): number {
  return tQuantileOf(probability, degreesOfFreedom);
}

/** Quantile of the standard normal distribution at `probability` in 0..1. */
export function normalQuantile(probability: number): number {
  return normalQuantileOf(probability, 0, 1);
}

/** Quantile of the beta distribution with shapes `alpha`, `beta` > 0 at `probability` in 0..1. */
export function betaQuantile(probability: number, alpha: number, beta: number): number {
  return betaQuantileOf(probability, alpha, beta);
}
