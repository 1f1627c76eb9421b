/** Cells below this are dropped from the far end: they cannot be told from 0 in any result and denormals are slow. */
const negligible = 1e-290;

function greatestCommonDivisor(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}

/**
 * One more fair sign: the law of S ± a from the law of S, both folded at zero.
 *
 * @param law `law[s]` = P(S = s), s ≥ 0, of a symmetric S
 * @param a magnitude of the new term in cells, > 0
 * @param next where the result goes: a cells more than in `law`
 */
function foldedStep(law: Float64Array, a: number, next: Float64Array): void {
  const cells = law.length;
  const at = (cell: number): number => (cell < cells ? (law[cell] ?? 0) : 0);
  // next[s] = (law[|s − a|] + law[s + a]) / 2: where mass comes down across zero, …
  for (let s = 0; s < a; s += 1) next[s] = 0.5 * (at(a - s) + at(s + a));
  // … where it comes from both sides, which is nearly everywhere and has no branch, …
  for (let s = a; s < cells - a; s += 1) next[s] = 0.5 * ((law[s - a] ?? 0) + (law[s + a] ?? 0));
  // … and where nothing comes from above.
  for (let s = Math.max(a, cells - a); s < cells + a; s += 1) next[s] = 0.5 * (law[s - a] ?? 0);
}

/**
 * The law of S* = Σ ε_i |D_i| with fair signs ε, kept as P(S* = s) for s ≥ 0 (it is symmetric). Cells are multiples of
 * the greatest common divisor of the magnitudes seen, which makes yes/no scores as cheap as counting; a magnitude that
 * does not fit refines the cells, with the same probabilities.
 */
export class FoldedLaw {
  #unit = 0;
  #cells: Float64Array = Float64Array.of(1);
  /** Takes the next step's result: fresh memory for every step costs more than the step. */
  #spare: Float64Array = new Float64Array(64);

  /** Cells in use; cell c stands for S* = c · unit. */
  get length(): number {
    return this.#cells.length;
  }

  /** P(S* = c · unit) */
  at(cell: number): number {
    return this.#cells[cell] ?? 0;
  }

  /** The cell of a sum of the magnitudes seen. */
  cellOf(sum: number): number {
    return this.#unit === 0 ? 0 : Math.abs(sum) / this.#unit;
  }

  clone(): FoldedLaw {
    const copy = new FoldedLaw();
    copy.#unit = this.#unit;
    copy.#cells = this.#cells.slice();
    return copy;
  }

  /** Adds one term of whole magnitude ≥ 0. */
  step(magnitude: number): void {
    if (magnitude === 0) return;
    const unit = greatestCommonDivisor(this.#unit, magnitude);
    if (this.#unit !== 0 && unit !== this.#unit) this.#refine(this.#unit / unit);
    this.#unit = unit;
    this.#fold(magnitude / unit);
    let length = this.#cells.length;
    while (length > 1 && this.at(length - 1) < negligible) length -= 1;
    this.truncate(length);
  }

  /** Forgets the mass from cell `length` on (absorbed, or too small to matter). */
  truncate(length: number): void {
    if (length < this.#cells.length) this.#cells = this.#cells.subarray(0, length);
  }

  /** P(|S*| ≥ cell · unit) for a cell ≥ 1. Summed from the far end, smallest terms first. */
  twoSidedTail(cell: number): number {
    let sum = 0;
    for (let c = this.#cells.length - 1; c >= cell; c -= 1) sum += this.at(c);
    return 2 * sum;
  }

  #fold(a: number): void {
    const law = this.#cells;
    const length = law.length + a;
    if (this.#spare.length < length) this.#spare = new Float64Array(Math.ceil(1.5 * length));
    this.#cells = this.#spare.subarray(0, length);
    this.#spare = new Float64Array(law.buffer);
    foldedStep(law, a, this.#cells);
  }

  #refine(factor: number): void {
    const finer = new Float64Array((this.#cells.length - 1) * factor + 1);
    this.#cells.forEach((probability, cell) => {
      finer[cell * factor] = probability;
    });
    this.#cells = finer;
  }
}
