import type { FoldedLaw } from './foldedLaw.ts';
import { defaultAlpha, monitorLevels } from './methodConstants.ts';
import { SignFlipTest } from './signFlipTest.ts';
import { spentShare } from './spending.ts';

/** Slack against rounding in sums of probabilities. */
const slack = 1e-12;

export type Direction = -1 | 0 | 1;

/** One error level of the monitor: the law of the sums not yet absorbed, and what has been spent. */
class LevelBoundary {
  readonly level: number;
  /** null until something may be spent: till then it would be the law without stopping. */
  #law: FoldedLaw | null = null;
  #used = 0;
  /** The direction in which the sum crossed last; 0 when it never did. */
  crossed: Direction = 0;
  /** Sums of at least this cell are rejected now. */
  cell = Infinity;

  constructor(level: number) {
    this.level = level;
  }

  /**
   * @param unstopped the law with no stopping, this case included
   * @param share of the level that may have been spent by now
   */
  push(magnitude: number, sum: number, unstopped: FoldedLaw, share: number): void {
    if (share === 0) return;
    const law = this.#advance(magnitude, unstopped);
    const budget = this.level * share - this.#used + slack;
    let absorbed = 0;
    let cell = law.length;
    while (cell > 1 && absorbed + 2 * law.at(cell - 1) <= budget) {
      absorbed += 2 * law.at(cell - 1);
      cell -= 1;
    }
    if (sum !== 0 && law.cellOf(sum) >= cell) this.crossed = sum > 0 ? 1 : -1;
    if (cell < law.length) {
      this.#used += absorbed;
      law.truncate(cell);
    }
    this.cell = cell;
  }

  #advance(magnitude: number, unstopped: FoldedLaw): FoldedLaw {
    if (this.#law) this.#law.step(magnitude);
    else this.#law = unstopped.clone();
    return this.#law;
  }
}

/**
 * Watches one pair of variants case by case. At every level L of a grid it keeps an exact rejection boundary for the
 * sum of differences, built so that under "interchangeable" the chance of ever crossing it is at most L times the share
 * spent, whatever the scores, the ties and the moment of looking (alpha spending with absorbing boundaries).
 */
export class PairMonitor {
  readonly #test = new SignFlipTest();
  readonly #levels: readonly LevelBoundary[];
  readonly #alpha: number;
  #looks = 0;
  #alphaNominal = 0;

  /** @param alpha error level of the winner rule, 0..1; joins the grid of levels when it is not one of them */
  constructor(alpha: number = defaultAlpha) {
    this.#alpha = alpha;
    const grid = monitorLevels.some((level) => Math.abs(level - alpha) < slack)
      ? monitorLevels
      : [...monitorLevels, alpha].sort((x, y) => y - x);
    this.#levels = grid.map((level) => new LevelBoundary(level));
  }

  /** The test without stopping: its p value, sum and guard. */
  get test(): SignFlipTest {
    return this.#test;
  }

  /** Two-sided level at which an interval now agrees with the monitor; 0 before anything may be spent. */
  get alphaNominal(): number {
    return this.#alphaNominal;
  }

  /** The levels whose boundary has been crossed so far, with the direction of the last crossing. */
  get crossings(): readonly { readonly level: number; readonly direction: Direction }[] {
    return this.#levels.map(({ level, crossed }) => ({ level, direction: crossed }));
  }

  /**
   * Adds one case.
   *
   * @param difference lattice steps; 0 for a case that was dropped, which still counts as a look
   * @param horizons the plan as declared before this case ran
   */
  push(difference: number, horizons: readonly number[]): void {
    this.#looks += 1;
    this.#test.push(difference);
    const share = spentShare(this.#looks, horizons);
    for (const boundary of this.#levels) {
      boundary.push(Math.abs(difference), this.#test.sum, this.#test.law, share);
      if (Math.abs(boundary.level - this.#alpha) < slack) {
        this.#alphaNominal = this.#test.law.twoSidedTail(boundary.cell);
      }
    }
  }

  /**
   * Anytime-valid confidence in the direction of the present sum: one minus the smallest level reached without a gap
   * from the widest on, each crossed in this direction and still supported by the present p value. 0 when none is.
   */
  confidence(): number {
    const direction = Math.sign(this.#test.sum);
    if (direction === 0) return 0;
    const pValue = this.#test.pValue;
    let confidence = 0;
    for (const { level, crossed } of this.#levels) {
      if (crossed !== direction || pValue > level + slack) break;
      // 1 − 0.07 is a hair less than 0.93: a winner at 93% would be shown as short of it.
      confidence = Math.round(1e9 * (1 - level)) / 1e9;
    }
    return confidence;
  }
}
