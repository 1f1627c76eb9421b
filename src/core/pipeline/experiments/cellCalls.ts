import type { ExperimentCell } from '../../domain/experimentCell.ts';
import { cellIdOf, sumResults } from '../../domain/experimentCell.ts';
import type { CellResult, RunEvent } from '../../domain/runEvent.ts';
import type { CallTemplate, PlannedCall } from '../../domain/runPlan.ts';
import { renderCall } from '../../planning/renderCall.ts';
import { settleValues } from '../../planning/settleValues.ts';
import { executeChain } from '../executeChain.ts';
import { toPlannedCall } from '../planCall.ts';
import type { ExperimentContext } from './experimentContext.ts';

/**
 * Makes a cell's calls; every end of a call is recorded before it is passed on. Steps that the journal has are not
 * called again. Returns the cell's result.
 */
export async function* callCell(
  context: ExperimentContext,
  cell: ExperimentCell,
  signal: AbortSignal,
): AsyncGenerator<RunEvent, CellResult | null> {
  const target = context.plan.variants[cell.variantIndex]?.target;
  const testCase = context.plan.cases[cell.caseIndex];
  if (target === undefined || testCase === undefined) return null;
  const cellId = cellIdOf(cell);
  if (target.type === 'call') {
    const values = settleValues(target.call.file, testCase.variables, target.call.fileTexts).values;
    const events = await callOnce(context, target.call, values, cellId, cell.repetition, signal);
    return yield* recorded(context, events);
  }
  const results: CellResult[] = [];
  const place = (call: PlannedCall): PlannedCall => ({
    ...call,
    cellId: `${cellId}/${call.cellId}`,
    repetition: cell.repetition,
  });
  const events = executeChain(
    context.world,
    { inputs: testCase.variables, steps: target.steps },
    {
      run: (call) => runStep(context, place(call), signal),
      fail: (call, error) => context.executor.fail(place(call), error, signal),
    },
  );
  for await (const event of events) {
    if (event.type === 'cell-finished') results.push(event.result);
    if (event.type === 'cell-finished' && context.state.finished(event.cellId) === null) {
      await context.record(event);
    }
    yield event;
  }
  const result = sumResults(results);
  const finished: RunEvent = { type: 'cell-finished', cellId, result };
  await context.record(finished);
  yield finished;
  return result;
}

/** Passes events on, the end of the call only once it is recorded. */
async function* recorded(
  context: ExperimentContext,
  events: AsyncIterable<RunEvent> | Iterable<RunEvent>,
): AsyncGenerator<RunEvent, CellResult | null> {
  let result: CellResult | null = null;
  for await (const event of events) {
    if (event.type === 'cell-finished') {
      await context.record(event);
      ({ result } = event);
    }
    yield event;
  }
  return result;
}

async function* runStep(
  { state, executor }: ExperimentContext,
  call: PlannedCall,
  signal: AbortSignal,
): AsyncGenerator<RunEvent> {
  const known = state.finished(call.cellId);
  if (known === null) yield* executor.run(call, signal);
  else yield { type: 'cell-finished', cellId: call.cellId, result: known };
}

async function callOnce(
  { world, executor }: ExperimentContext,
  call: CallTemplate,
  values: PlannedCall['request']['variables'],
  cellId: string,
  repetition: number,
  signal: AbortSignal,
): Promise<AsyncIterable<RunEvent> | Iterable<RunEvent>> {
  const place = { cellId, repetition };
  let planned: PlannedCall;
  try {
    planned = await toPlannedCall(world.backends, call, values, place);
  } catch (error) {
    const request = renderCall(call, values);
    return executor.fail({ ...place, route: call.route, request, notApplied: [] }, error, signal);
  }
  return executor.run(planned, signal);
}
