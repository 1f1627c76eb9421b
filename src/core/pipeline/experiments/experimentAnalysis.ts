import type { Comparison } from '../../domain/comparison.ts';
import type { ExperimentPlan } from '../../domain/experimentPlan.ts';
import type { ReportedResult } from '../../domain/report.ts';
import { caseOrder } from '../../experiments/caseOrder.ts';
import { CommitOrder } from '../../experiments/commitOrder.ts';
import { compareVariants } from '../../experiments/compareVariants.ts';
import type { ExperimentSetup, ScoredCase } from '../../experiments/experimentSetup.ts';
import { LiveExperiment } from '../../experiments/liveExperiment.ts';
import { scoreCase } from '../../experiments/scoreCase.ts';

/** The order in which cases run and count. */
export const orderOf = ({ seed, cases }: Pick<ExperimentPlan, 'seed' | 'cases'>): number[] =>
  caseOrder(seed, cases.length);

export function setupOf(plan: ExperimentPlan): ExperimentSetup {
  const { variants, metric, confidenceLevel, minEffect, mode, cases } = plan;
  return {
    variants: variants.map(({ id, label }) => ({ id, label })),
    metric,
    confidenceLevel,
    minEffect,
    design: mode === 'live' ? { mode, horizons: [cases.length] } : { mode },
  };
}

/** Takes finished cases as they come, counts them in the planned order, and says what may be said. */
export class ExperimentAnalysis {
  readonly #plan: ExperimentPlan;
  readonly #setup: ExperimentSetup;
  readonly #live: LiveExperiment | null;
  readonly #waiting = new CommitOrder<ScoredCase>();
  readonly #positions: ReadonlyMap<number, number>;
  readonly #committed: ScoredCase[] = [];
  #canStop = false;

  constructor(plan: ExperimentPlan) {
    this.#plan = plan;
    this.#setup = setupOf(plan);
    this.#live = plan.mode === 'live' ? new LiveExperiment(this.#setup) : null;
    this.#positions = new Map(orderOf(plan).map((caseIndex, position) => [caseIndex, position]));
  }

  /** Cases that count so far. */
  get cases(): number {
    return this.#committed.length;
  }

  /** May the run end now, with a winner? */
  get canStop(): boolean {
    return this.#canStop;
  }

  /** Adds a case all of whose results are there, by variant. Returns how many cases were committed. */
  finish(caseIndex: number, results: readonly (readonly ReportedResult[])[]): number {
    const position = this.#positions.get(caseIndex);
    const planned = this.#plan.cases[caseIndex];
    if (position === undefined || planned === undefined) throw new RangeError('no such case');
    const ready = this.#waiting.finish(position, scoreCase(planned.id, this.#plan.metric, results));
    for (const scored of ready) {
      // Once the run may end, what was in flight does not count: the verdict stays what it was.
      if (this.#canStop && this.#plan.stopEarly) return 0;
      this.#committed.push(scored);
      if (this.#live !== null) this.#canStop = this.#live.push(scored).canStop;
    }
    return ready.length;
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
