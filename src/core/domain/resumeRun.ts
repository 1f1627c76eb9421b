import type { CellResult, RunEvent } from './runEvent.ts';

/**
 * What need not be run again: results by `cellId`, of cells that came to an end of their own. A cell that was cancelled
 * or in flight runs again; with `retryErrors` one that failed does too. Later results replace earlier ones.
 */
export function finishedResults(
  events: Iterable<RunEvent>,
  options: { readonly retryErrors?: boolean } = {},
): ReadonlyMap<string, CellResult> {
  const results = new Map<string, CellResult>();
  for (const event of events) {
    if (event.type !== 'cell-finished') continue;
    const { failure } = event.result;
    const stands = failure === null || (failure.code !== 'cancelled' && options.retryErrors !== true);
    if (stands) results.set(event.cellId, event.result);
    else results.delete(event.cellId);
  }
  return results;
}
