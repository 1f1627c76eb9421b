import { mean } from '../statistics/moments.ts';
import { completeCase } from './evidence.ts';
import type { CaseValues } from './evidence.ts';

/** One variant's scores of one case, a repetition each; null where the world failed. */
export type Repetitions = readonly (number | null)[];

/**
 * The value of one case: the mean of its repetitions, in their order. Repetitions are never more cases.
 *
 * @returns null when every repetition is missing
 * @throws RangeError for a score outside 0..1 or NaN: a bug in an evaluator, which must not pass as data
 */
export function caseMean(repetitions: Repetitions): number | null {
  const present = repetitions.filter((score): score is number => score !== null);
  for (const score of present) {
    if (!(score >= 0 && score <= 1)) {
      throw new RangeError(`a score must lie in 0..1, got ${score}`);
    }
  }
  return present.length === 0 ? null : mean(present);
}

/** Mean of what is there; null when nothing is. */
export function meanOfPresent(values: readonly (number | null)[]): number | null {
  const present = values.filter((value): value is number => value !== null);
  return present.length === 0 ? null : mean(present);
}

/**
 * Cases of one document or conversation count as one: per variant their mean, over those that every variant has. A
 * variant whose hardest case got lost must not look better by it.
 *
 * @param rows the values of each case, one per variant
 * @returns one value per variant. Where the variants share no case: a mean for those that have any while another has
 *   none, as then that one is what is missing; else nothing, as the means would be of different cases
 */
export function groupRow(rows: readonly CaseValues[], variants: number): CaseValues {
  const shared = rows.filter((row) => completeCase(row) !== null);
  const means = Array.from({ length: variants }, (_, v) =>
    meanOfPresent((shared.length > 0 ? shared : rows).map((row) => row[v] ?? null)),
  );
  const differ = shared.length === 0 && completeCase(means) !== null;
  return differ ? means.map(() => null) : means;
}

/**
 * Positions of the cases that belong together, in the order of their first member. A case without a group stands alone.
 *
 * @param groups the group of each case, undefined for none
 */
export function caseUnits(groups: readonly (string | undefined)[]): number[][] {
  const units: number[][] = [];
  const unitOfGroup = new Map<string, number[]>();
  for (const [index, group] of groups.entries()) {
    const existing = group === undefined ? undefined : unitOfGroup.get(group);
    if (existing) {
      existing.push(index);
      continue;
    }
    const unit = [index];
    units.push(unit);
    if (group !== undefined) unitOfGroup.set(group, unit);
  }
  return units;
}
