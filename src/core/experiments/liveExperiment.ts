import type { Comparison } from '../domain/comparison.ts';
import { buildComparison } from './buildComparison.ts';
import { decisionRule } from './experimentSetup.ts';
import type { ExperimentSetup, ScoredCase } from './experimentSetup.ts';
import { LiveMonitor } from './liveMonitor.ts';
import type { LiveState } from './liveMonitor.ts';
import { pairScores } from './pairScores.ts';

/**
 * An experiment while it runs. Push every finished case in the planned order (`CommitOrder` waits for stragglers) and
 * look as often as you like. Resume by pushing the finished cases of the journal again: the same cases give the same
 * state to the last bit.
 */
export class LiveExperiment {
  readonly #setup: ExperimentSetup;
  readonly #monitor: LiveMonitor;
  readonly #cases: ScoredCase[] = [];
  readonly #horizons: number[];

  /** @throws RangeError when the setup's design is not live or its horizons do not rise */
  constructor(setup: ExperimentSetup) {
    if (setup.design.mode !== 'live') throw new RangeError('a live experiment needs a live design');
    this.#setup = setup;
    const [planned = 0, ...extensions] = setup.design.horizons;
    this.#horizons = [planned];
    this.#monitor = new LiveMonitor(setup.variants.length, planned, decisionRule(setup));
    for (const horizon of extensions) this.extend(horizon - (this.#horizons.at(-1) ?? 0));
  }

  /** Declares so many more cases before any of them has run. */
  extend(moreCases: number): void {
    this.#monitor.extend(moreCases);
    this.#horizons.push((this.#horizons.at(-1) ?? 0) + moreCases);
  }

  /** Adds the next case, or all cases of the next group together. Variants in the result are indexes. */
  push(...unit: ScoredCase[]): LiveState {
    const state = this.#monitor.push(pairScores(unit, this.#setup));
    this.#cases.push(...unit);
    return state;
  }

  /**
   * Everything that can be said now.
   *
   * @param ended no case will follow: stopped by hand or out of budget. Without `canStop` that is no clear winner.
   */
  comparison(ended = false): Comparison {
    const design = { mode: 'live', horizons: this.#horizons, ended } as const;
    return buildComparison({ ...this.#setup, design }, { ...this.#monitor.evidence(), design }, this.#cases);
  }
}
