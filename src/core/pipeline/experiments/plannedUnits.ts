import type { ExperimentPlan } from '../../domain/experimentPlan.ts';
import { caseUnits } from '../../experiments/caseMeans.ts';
import { caseOrder } from '../../experiments/caseOrder.ts';

/** Cases that run and count together: one, or the cases of a group. */
export interface PlannedUnits {
  /** Positions in the plan's cases, in the order in which they run and count. */
  readonly units: readonly (readonly number[])[];
  /** Units at the end of the plan, then of each declared extension. */
  readonly horizons: readonly number[];
}

/** Each stage has a seeded order of its own: an extension changes nothing of what ran before it. */
export function plannedUnits({
  seed,
  cases,
  stages = [cases.length],
}: Pick<ExperimentPlan, 'seed' | 'cases' | 'stages'>): PlannedUnits {
  const units: (readonly number[])[] = [];
  const horizons: number[] = [];
  let start = 0;
  for (const [stage, end] of stages.entries()) {
    const own = caseUnits(cases.slice(start, end).map(({ group }) => group));
    for (const position of caseOrder(seed + stage, own.length)) {
      const from = start;
      units.push((own[position] ?? []).map((index) => from + index));
    }
    horizons.push(units.length);
    start = end;
  }
  return { units, horizons };
}

/** The order in which cases run and count. */
export const orderOf = (plan: Pick<ExperimentPlan, 'seed' | 'cases' | 'stages'>): number[] =>
  plannedUnits(plan).units.flat();
