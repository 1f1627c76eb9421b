import type { Comparison } from '../../domain/comparison.ts';
import { compareVariants } from '../../experiments/compareVariants.ts';
import type { ExperimentSetup, ScoredCase } from '../../experiments/experimentSetup.ts';
import { LiveExperiment } from '../../experiments/liveExperiment.ts';

/** What a comparer works on. Plain data: it may go to another thread. */
export interface ComparerSetup {
  readonly experiment: ExperimentSetup;
  /** Once the run may end, what comes after does not count: the verdict stays what it was. */
  readonly stopEarly: boolean;
}

export interface Counted {
  /** Cases that count so far. */
  readonly cases: number;
  /** The run may end now, with a winner. */
  readonly canStop: boolean;
}

/** Works out what scored cases say. Its answers come in the order of the questions. */
export interface Comparer {
  /** Adds the cases of the next unit, in the planned order. */
  push(unit: readonly ScoredCase[]): Counted | Promise<Counted>;
  /** What may be said now, null where nothing may be said before the end; or, when it has ended, the last word. */
  comparison(ended: boolean): Comparison | null | Promise<Comparison | null>;
  close(): void;
}

/** In this thread unless a host has another. */
export type OpenComparer = (setup: ComparerSetup) => Comparer;

export const createComparer: OpenComparer = ({ experiment, stopEarly }) => {
  const live = experiment.design.mode === 'live' ? new LiveExperiment(experiment) : null;
  const cases: ScoredCase[] = [];
  let canStop = false;
  return {
    push(unit) {
      if (!(canStop && stopEarly)) {
        cases.push(...unit);
        if (live !== null) canStop = live.push(...unit).canStop;
      }
      return { cases: cases.length, canStop };
    },
    comparison(ended) {
      if (live !== null) return cases.length === 0 && !ended ? null : live.comparison(ended);
      return ended ? compareVariants(experiment, cases) : null;
    },
    close: () => undefined,
  };
};
