/**
 * Brings finished cases back into the planned order: each waits for its predecessors, so that what a live run shows and
 * decides does not depend on whose answer came first.
 */
export class CommitOrder<T> {
  readonly #waiting = new Map<number, T>();
  #next = 0;

  /**
   * @param position of the case in the planned order, from 0; each once
   * @returns the cases that may be committed now, in order; often none
   */
  finish(position: number, finished: T): T[] {
    if (position < this.#next || this.#waiting.has(position)) {
      throw new RangeError(`case ${position} has finished already`);
    }
    this.#waiting.set(position, finished);
    const ready: T[] = [];
    for (;;) {
      const next = this.#waiting.get(this.#next);
      if (next === undefined) return ready;
      ready.push(next);
      this.#waiting.delete(this.#next);
      this.#next += 1;
    }
  }
}
