import { coarseLattice, fineLattice, fineLatticeMaxCases } from './methodConstants.ts';
import { requireWhole } from './requireRange.ts';

/**
 * Lattice steps in a difference of 1. Must be fixed before the first result: any odd-symmetric lattice keeps the test
 * exact, but one chosen after seeing data would not be the same test.
 *
 * @param plannedCases number of cases planned before the first result
 * @throws RangeError when that is no count
 */
export function latticeFor(plannedCases: number): number {
  requireWhole('the number of planned cases', plannedCases, 0);
  return plannedCases <= fineLatticeMaxCases ? fineLattice : coarseLattice;
}

/**
 * A difference as a whole number of lattice steps, rounded half away from zero (odd-symmetric: toLattice(−d) is
 * −toLattice(d)). With 840 steps, differences below 0.0006 become ties.
 *
 * @param difference any finite number
 * @param steps lattice steps in a difference of 1
 * @throws RangeError for NaN and infinities: there is no place on the lattice for them
 */
export function toLattice(difference: number, steps: number): number {
  if (!Number.isFinite(difference)) throw new RangeError(`a difference must be finite, got ${difference}`);
  // 1e-9 makes exact halves that arithmetic left a hair below round the same way as those a hair above.
  const magnitude = Math.floor(steps * Math.abs(difference) + 0.5 + 1e-9);
  return difference < 0 && magnitude > 0 ? -magnitude : magnitude;
}
