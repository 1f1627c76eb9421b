import type { JsonValue } from '../domain/json.ts';
import { createCallExecutor } from './callExecutor.ts';
import { executeCellsRun } from './executeCellsRun.ts';
import { createExperiments } from './experiments/experiments.ts';
import { executePlan } from './executePlan.ts';
import { toFailure } from '../engine/toFailure.ts';
import { namesAsNow } from './namesAsNow.ts';
import type { Pipeline, World } from './pipeline.ts';
import { planRun } from './planRun.ts';
import { planCell, preparePrompt } from './prepare.ts';
import { recordRun, type ReportBuilder } from './recordRun.ts';
import { buildRunResult } from '../reporting/runResult.ts';
import { createResilientBackends } from './resilientBackends.ts';

/** Documents are plain data too. */
const reportOf: ReportBuilder = (record) => buildRunResult(record) as unknown as JsonValue;

/** The engine over a world. One for the life of a host: it remembers what the backends can take. */
export function createPipeline(world: World): Pipeline {
  const open = createResilientBackends(world);
  return {
    plan: (request, signal) => planRun(namesAsNow(world), request, signal),
    toFailure,
    experiments: createExperiments({ world, open }),
    prepare: (request, signal) => preparePrompt(namesAsNow(world), request, signal),
    planCell: (prepared, cell) => planCell(world, prepared, cell),
    execute(plan, signal, options = {}) {
      const events = executePlan(world, createCallExecutor(world, open, plan.path, options), plan, signal);
      // Plans are plain data; see `RunPlan`.
      return options.record === true
        ? recordRun(world, plan.path, plan as unknown as JsonValue, events, reportOf)
        : events;
    },
    executeCells(run, signal, options = {}) {
      const executor = createCallExecutor(world, open, run.path, options);
      const events = executeCellsRun(world, executor, run, signal);
      return options.record === true ? recordRun(world, run.path, run.plan ?? null, events, null) : events;
    },
  };
}
