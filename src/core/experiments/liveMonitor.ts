import { latticeFor } from '../statistics/lattice.ts';
import { PairMonitor } from '../statistics/pairMonitor.ts';
import { defaultRule, latticeDifference } from './decisionRule.ts';
import type { DecisionRule } from './decisionRule.ts';
import { allPairs, completeCase, findLeader, leaderConfidence } from './evidence.ts';
import type { CaseValues, Evidence, PairEvidence } from './evidence.ts';
import { isTooEarly, mayStop } from './stoppingRule.ts';

/** What is shown and decided after each case. */
export interface LiveState {
  /** Cases seen, dropped ones included. */
  readonly cases: number;
  readonly leader: number | null;
  /** Anytime-valid confidence in the leader, 0 before 20 cases. */
  readonly confidence: number;
  /** Too few cases yet for the confidence to say anything. */
  readonly isTooEarly: boolean;
  /** May the run end now with this winner? */
  readonly canStop: boolean;
}

/**
 * Watches all pairs of an experiment case by case, so that one may look after every case, stop when allowed, and extend,
 * without more false winners. Cases must come in the order planned. The state is a function of the cases pushed:
 * a run is resumed by pushing its journal again.
 */
export class LiveMonitor {
  readonly #rule: DecisionRule;
  readonly #horizons: number[];
  readonly #lattice: number;
  readonly #variants: number;
  readonly #rows: CaseValues[] = [];
  readonly #usable: (readonly number[])[] = [];
  /** Of the usable cases, by variant. */
  readonly #sums: number[];
  readonly #pairs: {
    readonly a: number;
    readonly b: number;
    readonly monitor: PairMonitor;
    readonly differences: number[];
    readonly latticeDifferences: number[];
  }[];

  /**
   * @param plannedCases fixed before the first result: it decides the lattice and the spending
   * @throws RangeError when no case is planned
   */
  constructor(variants: number, plannedCases: number, rule: DecisionRule = defaultRule) {
    if (!(Number.isInteger(plannedCases) && plannedCases > 0)) {
      throw new RangeError(`the number of planned cases must be a whole number above 0, got ${plannedCases}`);
    }
    this.#rule = rule;
    this.#variants = variants;
    this.#sums = new Array<number>(variants).fill(0);
    this.#horizons = [plannedCases];
    this.#lattice = latticeFor(plannedCases);
    this.#pairs = allPairs(variants).map(({ a, b }) => ({
      a,
      b,
      monitor: new PairMonitor(rule.alpha),
      differences: [],
      latticeDifferences: [],
    }));
  }

  /**
   * Declares more cases, before any of them has run.
   *
   * @throws RangeError for no more cases, or when cases beyond the present plan have run already
   */
  extend(moreCases: number): void {
    const horizon = this.#horizons.at(-1) ?? 0;
    if (!(Number.isInteger(moreCases) && moreCases > 0)) {
      throw new RangeError(`an extension needs a whole number of cases above 0, got ${moreCases}`);
    }
    if (this.#rows.length > horizon) {
      throw new RangeError('an extension must be declared before its first case runs');
    }
    this.#horizons.push(horizon + moreCases);
  }

  /**
   * Adds the next case: one value per variant, null where it is missing.
   *
   * @throws RangeError for another number of values, or one that is no finite number; the case then does not count
   */
  push(values: CaseValues): LiveState {
    if (values.length !== this.#variants) {
      throw new RangeError(`a case needs ${this.#variants} values, got ${values.length}`);
    }
    const complete = completeCase(values);
    // Before anything counts: a case that is refused must leave the monitor as it was.
    const found = complete && this.#pairs.map(({ a, b }) => this.#compare(complete, a, b));
    this.#rows.push([...values]);
    if (complete) {
      this.#usable.push(complete);
      for (const [v, value] of complete.entries()) this.#sums[v] = (this.#sums[v] ?? 0) + value;
    }
    for (const [index, { monitor, differences, latticeDifferences }] of this.#pairs.entries()) {
      const pair = found?.[index];
      // A dropped case still counts as a look.
      if (!pair) {
        monitor.push(0, this.#horizons);
        continue;
      }
      differences.push(pair.difference);
      latticeDifferences.push(pair.steps);
      monitor.push(pair.steps, this.#horizons);
    }
    return this.state();
  }

  #compare(values: readonly number[], a: number, b: number): { difference: number; steps: number } {
    const difference = (values[a] ?? NaN) - (values[b] ?? NaN);
    return { difference, steps: latticeDifference(difference, this.#lattice, this.#rule.scale) };
  }

  state(): LiveState {
    const evidence = this.evidence();
    const leader = findLeader(this.#sums.map((sum) => sum / this.#usable.length));
    const confidence = leader === null ? 0 : leaderConfidence(evidence, leader);
    return {
      cases: this.#rows.length,
      leader,
      confidence,
      isTooEarly: isTooEarly(evidence),
      canStop: mayStop(evidence, leader, confidence),
    };
  }

  /** A view of what is known now. */
  evidence(): Evidence {
    return {
      variants: this.#variants,
      rule: this.#rule,
      design: { mode: 'live', horizons: this.#horizons },
      lattice: this.#lattice,
      rows: this.#rows,
      usable: this.#usable,
      pairs: this.#pairs.map(({ a, b, monitor, differences, latticeDifferences }): PairEvidence => ({
        a,
        b,
        differences,
        latticeDifferences,
        test: monitor.test,
        confidence: monitor.confidence(),
        alphaNominal: monitor.alphaNominal,
      })),
    };
  }
}
