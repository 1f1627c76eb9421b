import type { Comparison } from '../../domain/comparison.ts';
import type { ExperimentPlan } from '../../domain/experimentPlan.ts';
import type { ReportedResult } from '../../domain/report.ts';
import { CommitOrder } from '../../experiments/commitOrder.ts';
import { compareVariants } from '../../experiments/compareVariants.ts';
import type { ExperimentSetup, ScoredCase } from '../../experiments/experimentSetup.ts';
import { LiveExperiment } from '../../experiments/liveExperiment.ts';
import { scoreCase } from '../../experiments/scoreCase.ts';
import { plannedUnits } from './plannedUnits.ts';

function setupOf(plan: ExperimentPlan, horizons: readonly number[]): ExperimentSetup {
  const { variants, metric, confidenceLevel, minEffect, mode } = plan;
  return {
    variants: variants.map(({ id, label }) => ({ id, label })),
    metric,
    confidenceLevel,
    minEffect,
    design: mode === 'live' ? { mode, horizons } : { mode },
  };
}

/** Takes finished cases as they come, counts them in the planned order, and says what may be said. */
export class ExperimentAnalysis {
  readonly #plan: ExperimentPlan;
  readonly #setup: ExperimentSetup;
  readonly #live: LiveExperiment | null;
  readonly #waiting = new CommitOrder<readonly ScoredCase[]>();
  readonly #units: readonly (readonly number[])[];
  readonly #positions: ReadonlyMap<number, number>;
  /** By case, until all of its group are there. */
  readonly #scored = new Map<number, ScoredCase>();
  readonly #committed: ScoredCase[] = [];
  #canStop = false;

  constructor(plan: ExperimentPlan) {
    const { units, horizons } = plannedUnits(plan);
    this.#plan = plan;
    this.#units = units;
    this.#setup = setupOf(plan, horizons);
    this.#live = plan.mode === 'live' ? new LiveExperiment(this.#setup) : null;
    this.#positions = new Map(units.flatMap((unit, position) => unit.map((index) => [index, position])));
  }

  /** Cases that count so far. */
  get cases(): number {
    return this.#committed.length;
  }

  /** May the run end now, with a winner? */
  get canStop(): boolean {
    return this.#canStop;
  }

  /** Adds a case all of whose results are there, by variant. */
  finish(caseIndex: number, results: readonly (readonly ReportedResult[])[]): void {
    const position = this.#positions.get(caseIndex);
    const planned = this.#plan.cases[caseIndex];
    if (position === undefined || planned === undefined) throw new RangeError('no such case');
    const { id, group } = planned;
    this.#scored.set(
      caseIndex,
      scoreCase(group === undefined ? { id } : { id, group }, this.#plan.metric, results),
    );
    const unit = (this.#units[position] ?? []).map((index) => this.#scored.get(index));
    if (!unit.every((scored) => scored !== undefined)) return;
    for (const ready of this.#waiting.finish(position, unit)) {
      // Once the run may end, what was in flight does not count: the verdict stays what it was.
      if (this.#canStop && this.#plan.stopEarly) return;
      this.#committed.push(...ready);
      if (this.#live !== null) this.#canStop = this.#live.push(...ready).canStop;
    }
  }

  /** What may be said now; null where nothing may be said before the end. */
  current(): Comparison | null {
    return this.#live === null || this.#committed.length === 0 ? null : this.#live.comparison();
  }

  /** The last word. */
  final(): Comparison {
    if (this.#live !== null) return this.#live.comparison(true);
    return compareVariants(this.#setup, this.#committed);
  }
}
