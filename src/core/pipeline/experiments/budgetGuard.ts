import { parseCellId } from '../../domain/experimentCell.ts';
import type { ExperimentPlan } from '../../domain/experimentPlan.ts';
import type { ExperimentState } from './experimentState.ts';

/**
 * Says when no further cell may start. Calls are counted when they start, so their limit is exact; what a cell will cost
 * is known only afterwards, so those in flight and the next one count as much as the finished ones did on average.
 */
export class BudgetGuard {
  readonly #plan: ExperimentPlan;
  readonly #state: ExperimentState;
  /** By cell: the calls it may still make, judges' with them, and how many it had made when it began. */
  readonly #reserved = new Map<string, { readonly reserved: number; readonly before: number }>();
  readonly #inFlight = new Set<string>();
  readonly #waiting: (() => void)[] = [];
  readonly #callsBefore: number;
  readonly #costBefore: number;

  constructor(plan: ExperimentPlan, state: ExperimentState) {
    this.#plan = plan;
    this.#state = state;
    this.#callsBefore = state.calls;
    this.#costBefore = this.#spent();
  }

  /**
   * May a cell of so many calls, judges' with them, start? Where it may not yet, waits for those in flight, which may
   * turn out cheaper than was feared (answered from the cache, for instance). Resolves when `signal` aborts, too.
   */
  async admits(calls: number, signal: AbortSignal): Promise<boolean> {
    while (!this.#allows(calls)) {
      if (this.#inFlight.size === 0 || signal.aborted) return false;
      await this.#nextEnd(signal);
    }
    return true;
  }

  /** Leaves no listener behind: a run that the cache answers waits here with nearly every cell. */
  async #nextEnd(signal: AbortSignal): Promise<void> {
    let wake = (): void => undefined;
    await new Promise<void>((resolve) => {
      wake = resolve;
      this.#waiting.push(wake);
      signal.addEventListener('abort', wake, { once: true });
    });
    signal.removeEventListener('abort', wake);
  }

  #allows(calls: number): boolean {
    const { maxCalls, maxCostUsd } = this.#plan.budget;
    const awaited = this.#awaited();
    if (maxCalls !== undefined && this.#state.calls + awaited + calls > maxCalls) return false;
    if (maxCostUsd === undefined) return true;
    const spent = this.#spent();
    const made = this.#state.calls - this.#callsBefore;
    // The forecast is too rough to end a run by itself: the first call goes out alone and tells what one costs.
    if (made === 0) return spent < maxCostUsd && this.#inFlight.size === 0;
    const each = (spent - this.#costBefore) / made;
    return spent < maxCostUsd && spent + (awaited + calls) * each <= maxCostUsd + 1e-12;
  }

  start(cellId: string, calls: number): void {
    this.#inFlight.add(cellId);
    this.#reserved.set(cellId, { reserved: calls, before: this.#state.callsOf(cellId) });
  }

  /** A cell that waits for its rivals before it is scored keeps what its judges will need. */
  finish(cellId: string): void {
    this.#inFlight.delete(cellId);
    for (const place of this.#reserved.keys()) {
      if (!this.#inFlight.has(place) && this.#isScored(place)) this.#reserved.delete(place);
    }
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  /** Calls that may still be made for the cells in flight: those that came back are counted already. */
  #awaited(): number {
    let awaited = 0;
    for (const [cellId, { reserved, before }] of this.#reserved) {
      awaited += Math.max(0, reserved - (this.#state.callsOf(cellId) - before));
    }
    return awaited;
  }

  #isScored(cellId: string): boolean {
    const cell = parseCellId(this.#plan, cellId);
    return cell === null || this.#state.reported(cell) !== null;
  }

  #spent(): number {
    return (this.#state.costUsd ?? 0) + (this.#state.judgeCostUsd ?? 0);
  }
}
