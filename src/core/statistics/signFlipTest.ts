import { FoldedLaw } from './foldedLaw.ts';

/**
 * The exact sign-flip (paired permutation) test, grown one case at a time. Under "the two variants are
 * interchangeable" the signs of the differences are fair coins given their magnitudes; the law of their sum is computed
 * by dynamic programming, so the p value is exact for every number of cases and every kind of score. For yes/no scores
 * it equals the exact McNemar test. Source: Fisher 1935; Pagano and Tritchler 1983 for the dynamic programming.
 */
export class SignFlipTest {
  readonly #law: FoldedLaw;
  #sum = 0;
  #pValue: number | null = null;

  constructor(law: FoldedLaw = new FoldedLaw()) {
    this.#law = law;
  }

  /** Tests all differences at once. Sorted inside: the order of cases cannot change a bit of the result. */
  static of(differences: readonly number[]): SignFlipTest {
    const test = new SignFlipTest();
    const byMagnitude = [...differences].sort((x, y) => Math.abs(x) - Math.abs(y) || x - y);
    for (const difference of byMagnitude) test.push(difference);
    return test;
  }

  /**
   * Adds a case: its difference as a whole number of lattice steps.
   *
   * @throws RangeError for anything else
   */
  push(difference: number): void {
    if (!Number.isSafeInteger(difference)) {
      throw new RangeError(`a difference must be a whole number of lattice steps, got ${difference}`);
    }
    this.#sum += difference;
    this.#pValue = null;
    this.#law.step(Math.abs(difference));
  }

  /** Σ D, in lattice steps. */
  get sum(): number {
    return this.#sum;
  }

  /** The law of the sum with no stopping. Do not step it. */
  get law(): FoldedLaw {
    return this.#law;
  }

  /** Two-sided p value in (0, 1]; 1 when the sum is 0. */
  get pValue(): number {
    this.#pValue ??= this.#tail();
    return this.#pValue;
  }

  #tail(): number {
    if (this.#sum === 0) return 1;
    // A tail too small for a double is still not zero.
    return Math.min(1, Math.max(Number.MIN_VALUE, this.#law.twoSidedTail(this.#law.cellOf(this.#sum))));
  }

  /** The same test after more cases, leaving this one as it is. */
  with(differences: readonly number[]): SignFlipTest {
    const extended = new SignFlipTest(this.#law.clone());
    extended.#sum = this.#sum;
    for (const difference of differences) extended.push(difference);
    return extended;
  }

  /**
   * The p value after `losses` further cases that the side ahead loses as badly as possible; 1 when it would no longer
   * be ahead.
   *
   * @param steps lattice steps in a difference of 1, the worst loss there is
   */
  guardPValue(losses: number, steps: number): number {
    if (Math.abs(this.#sum) <= steps * losses) return 1;
    const worst = this.#sum > 0 ? -steps : steps;
    return this.with(new Array<number>(losses).fill(worst)).pValue;
  }
}
