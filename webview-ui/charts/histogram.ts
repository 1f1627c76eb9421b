export interface Bin {
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/** Counts of values in bins between the edges given; the last bin holds its upper edge. */
export function histogram(values: readonly number[], edges: readonly number[]): readonly Bin[] {
  const counts = new Array<number>(Math.max(0, edges.length - 1)).fill(0);
  for (const value of values) {
    const after = edges.findIndex((edge) => edge > value);
    const bin = after === -1 ? (value === edges.at(-1) ? counts.length - 1 : -1) : after - 1;
    if (bin >= 0) counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts.map((count, at) => ({ low: edges[at] ?? 0, high: edges[at + 1] ?? 0, count }));
}

/** Bins of paired differences of scores, −1 to 1: the middle one holds the ties, and nothing else. */
export function differenceBins(differences: readonly number[]): readonly Bin[] {
  const tie = 1e-9;
  const ups = Array.from({ length: 10 }, (_, at) => (at + 1) / 10);
  const edges = [...ups.map((edge) => -edge).reverse(), -tie, tie, ...ups];
  // A difference on an edge belongs to the bin nearer to zero on both sides alike.
  return histogram(
    differences.map((value) => (Math.abs(value) <= tie ? 0 : value - Math.sign(value) * tie * 2)),
    edges,
  );
}

/** `bins` equal steps on a logarithmic axis. */
export function logEdges(low: number, high: number, bins: number): readonly number[] {
  const [from, to] = [Math.log10(low), Math.log10(high)];
  const edges = Array.from({ length: bins + 1 }, (_, at) => 10 ** (from + ((to - from) * at) / bins));
  return edges.map((edge, at) => (at === 0 ? low : at === bins ? high : edge));
}
