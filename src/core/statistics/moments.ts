/** Arithmetic mean; `NaN` for no values. Summed in order, so that the same input gives the same bits. */
export function mean(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

/** Sum of squared deviations from `center`. */
export function squaredDeviations(values: readonly number[], center: number): number {
  let sum = 0;
  for (const value of values) sum += (value - center) ** 2;
  return sum;
}

/** Sample variance (divisor n − 1); 0 for fewer than two values. */
export function sampleVariance(values: readonly number[]): number {
  return values.length < 2 ? 0 : squaredDeviations(values, mean(values)) / (values.length - 1);
}

/**
 * Quantile of a sample by linear interpolation between order statistics (type 7 of Hyndman and Fan 1996, the default
 * of R and NumPy). `probability` in 0..1; `NaN` for no values.
 */
export function sampleQuantile(values: readonly number[], probability: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const position = (sorted.length - 1) * probability;
  const below = Math.floor(position);
  const low = sorted[below] ?? NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? NaN;
  return low + (position - below) * (high - low);
}

/** Middle value, or the mean of the two middle ones; `NaN` for no values. */
export function median(values: readonly number[]): number {
  return sampleQuantile(values, 0.5);
}
