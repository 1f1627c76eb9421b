import type { ExperimentSetup } from './experimentSetup.ts';

type Metric = ExperimentSetup['metric'];

/** A value compared (higher is better) back in the metric's own unit. */
export function displayMean(value: number, { scale, direction }: Metric): number {
  if (scale === 'log') return Math.exp(direction === 'higher' ? value : -value);
  return direction === 'higher' ? value : 1 - value;
}

/** The ends of an interval of such a value. */
export function displayInterval(low: number, high: number, metric: Metric): { low: number; high: number } {
  return inOrder(displayMean(low, metric), displayMean(high, metric));
}

/** "a − b, higher is better" as "b − a in the metric's unit", or as b / a − 1 on the log scale. */
export function displayDifference(difference: number, { scale, direction }: Metric): number {
  const turned = direction === 'higher' ? -difference : difference;
  // 0, never −0: it is printed.
  return (scale === 'log' ? Math.expm1(turned) : turned) + 0;
}

export function displayDifferences(low: number, high: number, metric: Metric): { low: number; high: number } {
  return inOrder(displayDifference(low, metric), displayDifference(high, metric));
}

function inOrder(x: number, y: number): { low: number; high: number } {
  return { low: Math.min(x, y), high: Math.max(x, y) };
}
