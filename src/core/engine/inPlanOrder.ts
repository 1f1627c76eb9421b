import type { CellResult, RunEvent } from '../domain/runEvent.ts';

export interface OrderedResult {
  readonly cellId: string;
  /** Place in the plan, from 0. */
  readonly index: number;
  readonly result: CellResult;
}

/**
 * The results of a run in the order of its plan, whichever finished first. Cells start in plan order, so that order is
 * the order of `cell-started`; `executeCells` bounds how many results have to wait here.
 */
export async function* inPlanOrder(events: AsyncIterable<RunEvent>): AsyncGenerator<OrderedResult> {
  const indexOf = new Map<string, number>();
  const waiting = new Map<number, OrderedResult>();
  let started = 0;
  let next = 0;
  for await (const event of events) {
    if (event.type === 'cell-started') indexOf.set(event.cellId, started++);
    if (event.type !== 'cell-finished') continue;
    const { cellId, result } = event;
    const index = indexOf.get(cellId) ?? started++;
    indexOf.delete(cellId);
    waiting.set(index, { cellId, index, result });
    for (let ready = waiting.get(next); ready !== undefined; ready = waiting.get(next)) {
      waiting.delete(next++);
      yield ready;
    }
  }
  // A run that was stopped leaves holes; what is there is still in order.
  yield* [...waiting.values()].sort((a, b) => a.index - b.index);
}
