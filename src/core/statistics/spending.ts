import {
  extensionRatio,
  extensionWeight,
  firstStageWeight,
  minLooks,
  spendingPower,
} from './methodConstants.ts';
import { requireRange, requireWhole } from './requireRange.ts';

/** Share of alpha that stage `stage` (0: the planned cases, 1: the first extension …) may spend. */
export function stageWeight(stage: number): number {
  return stage === 0 ? firstStageWeight : extensionWeight * extensionRatio ** (stage - 1);
}

/**
 * Share of alpha that may have been spent after `cases` cases: alpha spending in the manner of Lan and DeMets 1983.
 * Nothing before 20 cases unless fewer are planned; after the last horizon no more.
 *
 * @param cases cases seen, ≥ 0, dropped ones included
 * @param horizons rising total case counts at which the run was planned to end, extensions appended; at least one
 * @returns 0..1
 * @throws RangeError for horizons that are no whole numbers or do not rise, and for less than no cases
 */
export function spentShare(cases: number, horizons: readonly number[]): number {
  requireRange('the number of cases', cases, 0);
  requireRising(horizons);
  const planned = horizons[0] ?? 0;
  if (cases < minLooks && cases < planned) return 0;
  let spent = 0;
  let start = 0;
  for (const [stage, horizon] of horizons.entries()) {
    const weight = stageWeight(stage);
    if (cases <= horizon) return spent + weight * ((cases - start) / (horizon - start)) ** spendingPower;
    spent += weight;
    start = horizon;
  }
  return spent;
}

function requireRising(horizons: readonly number[]): void {
  let least = 1;
  for (const horizon of horizons) {
    requireWhole('a horizon', horizon, least);
    least = horizon + 1;
  }
}
