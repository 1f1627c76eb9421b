import { requireWhole } from './requireRange.ts';

/**
 * A small seeded generator of numbers in [0, 1): mulberry32 (Tommy Ettinger, public domain). Used for the order in which
 * cases run, never for a verdict.
 *
 * @param seed any number; its low 32 bits count
 */
export function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * The numbers 0 … n − 1 in a seeded random order (Fisher and Yates, from the end).
 *
 * @throws RangeError when n is no whole number, or below 0
 */
export function seededOrder(seed: number, n: number): number[] {
  requireWhole('how many to order', n, 0);
  const random = mulberry32(seed);
  const order = Array.from({ length: n }, (_, index) => index);
  for (let i = n - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    const moved = order[i] ?? 0;
    order[i] = order[j] ?? 0;
    order[j] = moved;
  }
  return order;
}
