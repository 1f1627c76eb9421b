import { seededOrder } from '../statistics/seededOrder.ts';

/** The order in which cases run and count: seeded, so that drift of a server hits no part of the file alone. */
export function caseOrder(seed: number, cases: number): number[] {
  return seededOrder(seed, cases);
}
