/** What stands where a number is unknown. */
export const unknown = '–';

/** A number with at most `digits` after the point, trailing zeros dropped. */
export function asNumber(value: number | null, digits = 2): string {
  if (value === null || !Number.isFinite(value)) return unknown;
  const text = value.toFixed(digits);
  const short = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return short === '-0' ? '0' : short;
}

/** `1 error`, `2 errors`. */
export const counted = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

export function asPercent(share: number | null): string {
  return share === null ? unknown : `${asNumber(share * 100, 1)}%`;
}

/** Rounded down to one decimal and never above 99.9%: no run makes a certainty. */
export function asConfidence(confidence: number | null): string {
  if (confidence === null) return 'too early';
  // The small addition undoes binary fractions: 0.97 is 97%, not 96.9%.
  return `${asNumber(Math.min(99.9, Math.floor(confidence * 1000 + 1e-9) / 10), 1)}%`;
}

export function asDuration(ms: number | null): string {
  if (ms === null) return unknown;
  return ms < 1000 ? `${Math.round(ms)} ms` : `${asNumber(ms / 1000, ms < 10_000 ? 2 : 1)} s`;
}

export function asCost(usd: number | null): string {
  if (usd === null) return 'unknown';
  if (usd >= 1 || usd === 0) return `$${usd.toFixed(2)}`;
  return usd < 0.0001 ? 'below $0.0001' : `$${asNumber(Number(usd.toPrecision(2)), 6)}`;
}

/** A value of a metric in its own unit. */
export function asMetric(value: number | null, metric: string): string {
  if (value === null) return unknown;
  if (metric === 'latency') return asDuration(value);
  if (metric === 'cost') return asCost(value);
  if (metric === 'tokens') return asNumber(value, 0);
  return asNumber(value, 3);
}

/** A difference with its sign: points for scores, percent for latency, tokens and cost. */
export function asDifference(value: number | null, metric: string): string {
  if (value === null) return unknown;
  const percent = asNumber(value * 100, 1);
  const signed = value > 0 && percent !== '0' ? `+${percent}` : percent;
  return isRelative(metric) ? `${signed}%` : `${signed} points`;
}

export function isRelative(metric: string): boolean {
  return metric === 'latency' || metric === 'cost' || metric === 'tokens';
}
