import type { RunEvent } from '../../domain/runEvent.ts';
import type { RunPlan } from '../../domain/runPlan.ts';
import { applyRunEvent, type RunRecord } from '../../domain/runRecord.ts';
import { describeRunResult } from '../../reporting/describeRunResult.ts';
import { buildFailedRunResult, buildRunResult, type RunResult } from '../../reporting/runResult.ts';
import type { ExecuteOptions, RunRequest } from '../pipeline.ts';
import { unusableFiles, type CallAnswer, type CallWorld } from './callWorld.ts';
import { worstCostOf } from './spendingLimit.ts';

export interface RunCallHooks {
  /** Before the first call; throws `ToolProblem` when it may not run. */
  readonly allow: (plan: RunPlan) => void | Promise<void>;
  readonly onEvent: (event: RunEvent) => void;
}

/**
 * Runs a prompt, skill or chain once and answers with its document; a failed run is an answer, too. Throws
 * `ToolProblem` for files that cannot be used and for a call that could cost more than is left.
 */
export async function runCall(
  world: CallWorld,
  request: RunRequest,
  { allow, onEvent }: RunCallHooks,
  signal: AbortSignal,
  options?: ExecuteOptions,
): Promise<CallAnswer<RunResult>> {
  const { pipeline, spending, prices } = world;
  const planned = await pipeline.plan(request, signal);
  if (planned.status === 'invalid') throw unusableFiles(world, planned.diagnostics);
  const { file } = request;
  if (planned.status === 'failed') {
    return describeRunResult(buildFailedRunResult(file.kind, file.name, planned.route, planned.failure));
  }
  await allow(planned.plan);
  const worst = worstCostOf(planned.plan, new Date().toISOString(), prices);
  const reservation = spending.reserve(worst);
  let record: RunRecord | null = null;
  try {
    for await (const event of pipeline.execute(planned.plan, signal, options)) {
      record = applyRunEvent(record, event);
      onEvent(event);
    }
  } finally {
    reservation.settle(record === null ? null : buildRunResult(record).costUsd);
  }
  if (record === null) throw new Error('a run ended without having begun');
  return describeRunResult(buildRunResult(record));
}
