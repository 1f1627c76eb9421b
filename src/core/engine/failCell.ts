import { unknownUsage } from '../domain/chat.ts';
import type { RunEvent } from '../domain/runEvent.ts';
import type { PlannedCall } from '../domain/runPlan.ts';
import type { CellTools } from './executeCell.ts';
import { toFailure } from './toFailure.ts';

/** The events of a call that failed before it could be made. */
export function* failCell(
  call: PlannedCall,
  error: unknown,
  tools: Pick<CellTools, 'onError'>,
  signal: AbortSignal,
): Generator<RunEvent> {
  const { cellId, route, request, notApplied, step } = call;
  const failure = toFailure(error, signal);
  tools.onError(error, failure);
  yield { type: 'cell-started', cellId, route, request, notApplied, ...(step !== undefined && { step }) };
  yield {
    type: 'cell-finished',
    cellId,
    result: {
      output: '',
      failure,
      timing: { totalMs: 0, firstTextMs: null },
      usage: unknownUsage,
      costUsd: null,
      attempts: 0,
      cached: false,
      finishReason: null,
    },
  };
}
