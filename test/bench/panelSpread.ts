const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))] ?? 0;
const ms = (value: number): string => `${Math.round(value)} ms`;

/** Times in milliseconds: the usual one, and what one in twenty is beyond. */
export const spread = (values: readonly number[]): string =>
  `median ${ms(quantile(values, 0.5))}, p95 ${ms(quantile(values, 0.95))}`;
