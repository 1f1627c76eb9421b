import type { ExperimentPlan } from '../../domain/experimentPlan.ts';
import type { ExperimentState } from './experimentState.ts';

/**
 * Says when no further cell may start. Calls are counted when they start, so their limit is exact; what a cell will cost
 * is known only afterwards, so those in flight and the next one count as much as the finished ones did on average.
 */
export class BudgetGuard {
  readonly #plan: ExperimentPlan;
  readonly #state: ExperimentState;
  readonly #judgesPerCell: number;
  #inFlight = 0;
  #callsInFlight = 0;
  #finishedHere = 0;
  readonly #costBefore: number;

  constructor(plan: ExperimentPlan, state: ExperimentState) {
    this.#plan = plan;
    this.#state = state;
    const { calls, judgeCalls } = plan.estimate;
    this.#judgesPerCell = calls === 0 ? 0 : Math.ceil(judgeCalls / calls);
    this.#costBefore = this.#spent();
  }

  /** May a cell of so many calls start? */
  allows(calls: number): boolean {
    const { maxCalls, maxCostUsd } = this.#plan.budget;
    const needed = calls + this.#judgesPerCell;
    if (maxCalls !== undefined && this.#state.calls + this.#callsInFlight + needed > maxCalls) return false;
    if (maxCostUsd === undefined) return true;
    const spent = this.#spent();
    // Before any call has come back there is only the forecast, too rough to end a run by itself.
    const each = this.#finishedHere === 0 ? 0 : (spent - this.#costBefore) / this.#finishedHere;
    return spent < maxCostUsd && spent + (this.#inFlight + 1) * each <= maxCostUsd;
  }

  start(calls: number): void {
    this.#inFlight += 1;
    this.#callsInFlight += calls + this.#judgesPerCell;
  }

  finish(calls: number): void {
    this.#inFlight -= 1;
    this.#callsInFlight -= calls + this.#judgesPerCell;
    this.#finishedHere += 1;
  }

  #spent(): number {
    return (this.#state.costUsd ?? 0) + (this.#state.judgeCostUsd ?? 0);
  }
}
