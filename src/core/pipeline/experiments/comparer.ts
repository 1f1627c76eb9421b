import type { Comparison } from '../../domain/comparison.ts';
import type { Standing } from '../../domain/runEvent.ts';
import { compareVariants } from '../../experiments/compareVariants.ts';
import type { ExperimentSetup, ScoredCase } from '../../experiments/experimentSetup.ts';
import { LiveExperiment } from '../../experiments/liveExperiment.ts';
import type { LiveState } from '../../experiments/liveMonitor.ts';
import { prepareComparison } from '../../experiments/prepareComparison.ts';

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
  /** As in `ExperimentProgress`. */
  readonly standing: Standing | null;
}

/** Works out what scored cases say. Its answers come in the order of the questions. */
export interface Comparer {
  /** Loads what only a comparison needs. Takes some 10 ms of this thread, where the comparer is in it. */
  prepare(): void;
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
  let state: LiveState | null = null;
  return {
    prepare: prepareComparison,
    push(unit) {
      if (!(state?.canStop === true && stopEarly)) {
        cases.push(...unit);
        if (live !== null) state = live.push(...unit);
      }
      return {
        cases: cases.length,
        canStop: state?.canStop ?? false,
        standing: state === null ? null : standingOf(experiment, state),
      };
    },
    comparison(ended) {
      if (live !== null) return cases.length === 0 && !ended ? null : live.comparison(ended);
      return ended ? compareVariants(experiment, cases) : null;
    },
    close: () => undefined,
  };
};

function standingOf({ variants }: ExperimentSetup, { leader, ...state }: LiveState): Standing | null {
  const ahead = leader === null ? undefined : variants[leader];
  return ahead === undefined
    ? null
    : { leader: ahead.id, confidence: state.isTooEarly ? null : state.confidence };
}
