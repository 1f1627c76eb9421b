export interface Scale {
  readonly low: number;
  readonly high: number;
  /** Round values between the ends, ascending. */
  readonly ticks: readonly number[];
  /** A value's place as a percentage of the width, "0%" to "100%". */
  readonly place: (value: number) => string;
}

/** A linear scale around the values, its ends on round numbers. `within` bounds it. */
export function linearScale(values: readonly number[], within?: { low: number; high: number }): Scale {
  const finite = values.filter((value) => Number.isFinite(value));
  const least = finite.length === 0 ? 0 : Math.min(...finite);
  const most = finite.length === 0 ? 1 : Math.max(...finite);
  const margin = most > least ? (most - least) * 0.08 : Math.max(Math.abs(most) * 0.1, 0.05);
  const low = Math.max(within?.low ?? -Infinity, least - margin);
  const high = Math.min(within?.high ?? Infinity, most + margin);
  return scaleOf(low, high, roundTicks(low, high));
}

/** A logarithmic scale for times; its ends on 1, 2 or 5 times a power of ten. */
export function logScale(values: readonly number[]): Scale {
  const positive = values.filter((value) => value > 0 && Number.isFinite(value));
  const least = positive.length === 0 ? 1 : Math.min(...positive);
  const most = positive.length === 0 ? 10 : Math.max(...positive);
  const steps: number[] = [];
  for (let power = Math.floor(Math.log10(least)); power <= Math.ceil(Math.log10(most)); power += 1) {
    steps.push(...[1, 2, 5].map((digit) => digit * 10 ** power));
  }
  const low = steps.findLast((step) => step <= least) ?? least;
  const high = steps.find((step) => step >= most && step > low) ?? most * 2;
  const ticks = steps.filter((step) => step >= low && step <= high);
  const place = scaleOf(Math.log10(low), Math.log10(high), []).place;
  return { low, high, ticks, place: (value) => place(Math.log10(Math.max(value, low))) };
}

function scaleOf(low: number, high: number, ticks: readonly number[]): Scale {
  const width = high > low ? high - low : 1;
  const place = (value: number): string => {
    const share = Math.min(1, Math.max(0, (value - low) / width));
    return `${(100 * share).toFixed(2)}%`;
  };
  return { low, high, ticks, place };
}

function roundTicks(low: number, high: number): readonly number[] {
  const rough = (high - low) / 4;
  if (!(rough > 0)) return [];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 2.5, 5, 10].find((digit) => digit * power >= rough) ?? 10);
  const ticks: number[] = [];
  for (let at = Math.ceil(low / step); at * step <= high; at += 1) {
    // Rounding 0.30000000000000004 may step over an end.
    const tick = Number((at * step).toPrecision(12));
    if (tick >= low && tick <= high) ticks.push(tick);
  }
  return ticks;
}
