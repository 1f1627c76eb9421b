import { executePlan } from './executePlan.ts';
import type { Pipeline, World } from './pipeline.ts';
import { planRun } from './planRun.ts';
import { createResilientBackends } from './resilientBackends.ts';

/** The engine over a world. One for the life of a host: it remembers what the backends can take. */
export function createPipeline(world: World): Pipeline {
  const open = createResilientBackends(world);
  return {
    plan: (request, signal) => planRun(world, request, signal),
    execute: (plan, signal) => executePlan(world, open, plan, signal),
  };
}
