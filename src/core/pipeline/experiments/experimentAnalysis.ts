import type { Comparison } from '../../domain/comparison.ts';
import type { ExperimentPlan } from '../../domain/experimentPlan.ts';
import type { ReportedResult } from '../../domain/report.ts';
import type { Standing } from '../../domain/runEvent.ts';
import { CommitOrder } from '../../experiments/commitOrder.ts';
import type { ExperimentSetup, ScoredCase } from '../../experiments/experimentSetup.ts';
import { scoreCase } from '../../experiments/scoreCase.ts';
import { createComparer, type Comparer, type Counted, type OpenComparer } from './comparer.ts';
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

/** Takes finished cases as they come, has them counted in the planned order, and says what may be said. */
export class ExperimentAnalysis {
  readonly #plan: ExperimentPlan;
  readonly #comparer: Comparer;
  readonly #waiting = new CommitOrder<readonly ScoredCase[]>();
  readonly #units: readonly (readonly number[])[];
  readonly #positions: ReadonlyMap<number, number>;
  /** By case, until all of its group are there. */
  readonly #scored = new Map<number, ScoredCase>();
  #counted: Counted = { cases: 0, canStop: false, standing: null };
  #counting: Promise<void> = Promise.resolve();

  constructor(plan: ExperimentPlan, open: OpenComparer = createComparer) {
    const { units, horizons } = plannedUnits(plan);
    this.#plan = plan;
    this.#units = units;
    // A test compares nothing.
    const openOwn = plan.kind === 'test' ? createComparer : open;
    this.#comparer = openOwn({ experiment: setupOf(plan, horizons), stopEarly: plan.stopEarly });
    this.#positions = new Map(units.flatMap((unit, position) => unit.map((index) => [index, position])));
  }

  /** Cases that count, as far as is known now. */
  get cases(): number {
    return this.#counted.cases;
  }

  /** May the run end now, with a winner? */
  get canStop(): boolean {
    return this.#counted.canStop;
  }

  /** As far as is known now. */
  get standing(): Standing | null {
    return this.#counted.standing;
  }

  /** Resolves once everything added is counted. */
  counted(): Promise<void> {
    return this.#counting;
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
    for (const ready of this.#waiting.finish(position, unit)) this.#count(this.#comparer.push(ready));
  }

  /** As in `Comparer`. A test compares nothing. */
  prepare(): void {
    if (this.#plan.kind !== 'test') this.#comparer.prepare();
  }

  /** What may be said now; null where nothing may be said before the end. */
  current(): Comparison | null | Promise<Comparison | null> {
    return this.#comparer.comparison(false);
  }

  /** The last word. Nothing can be asked after it. */
  async final(): Promise<Comparison> {
    try {
      const comparison = await this.#comparer.comparison(true);
      if (comparison === null) throw new Error('An analysis ended without a comparison.');
      return comparison;
    } finally {
      this.close();
    }
  }

  close(): void {
    this.#comparer.close();
  }

  #count(counted: Counted | Promise<Counted>): void {
    if (!(counted instanceof Promise)) {
      this.#counted = counted;
      return;
    }
    const before = this.#counting;
    const take = counted.then((known) => void (this.#counted = known));
    this.#counting = before.then(() => take);
    // Whoever asks for the comparison hears of it.
    this.#counting.catch(() => undefined);
  }
}
