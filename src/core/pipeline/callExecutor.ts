import { costOf } from '../domain/price.ts';
import type { RunEvent } from '../domain/runEvent.ts';
import type { PlannedCall } from '../domain/runPlan.ts';
import type { EngineBackend } from '../engine/engineBackend.ts';
import type { CellTools } from '../engine/executeCell.ts';
import { executeCell } from '../engine/executeCell.ts';
import { failCell } from '../engine/failCell.ts';
import { withCache, type CacheMode } from '../engine/resilience/withCache.ts';
import type { Settings } from '../ports/settings.ts';
import type { ExecuteOptions, World } from './pipeline.ts';
import type { OpenResilient } from './resilientBackends.ts';

/** Makes the calls of one run, each with everything around it. Nothing of it throws. */
export interface CallExecutor {
  run(call: PlannedCall, signal: AbortSignal): AsyncIterable<RunEvent>;
  fail(call: PlannedCall, error: unknown, signal: AbortSignal): Iterable<RunEvent>;
}

export interface ExecutorOptions extends Pick<ExecuteOptions, 'cache'> {
  /** Pass text on as it comes, and attempts; default true. Nobody reads along with thousands of answers. */
  readonly withPieces?: boolean;
}

export function createCallExecutor(
  world: World,
  open: OpenResilient,
  path: string,
  options: ExecutorOptions,
): CallExecutor {
  // Asked once: a run keeps the settings it began with.
  const settings = world.settings(path);
  const tools = { ...cellTools(world, settings), withPieces: options.withPieces ?? true };
  const mode = cacheModeOf(options, settings);
  const cache = mode === 'off' ? null : (world.cacheFor?.(path) ?? null);
  const openCached = async (call: PlannedCall): Promise<EngineBackend> => {
    const backend = await open(call.route.backend, settings);
    if (cache === null || mode === 'off') return backend;
    const { address = '' } = world.backends.list().find(({ id }) => id === backend.id) ?? {};
    return withCache(backend, { cache, mode, address, repetition: call.repetition ?? 0 }, world.clock);
  };
  const fail = (call: PlannedCall, error: unknown, signal: AbortSignal): Iterable<RunEvent> =>
    failCell(call, error, tools, signal);
  return {
    fail,
    run: (call, signal) => executeCell(call, openCached, tools, signal),
  };
}

/** Who keeps no answers keeps none of a run that asks for new ones either; a replay is asked for by name. */
function cacheModeOf({ cache }: ExecutorOptions, settings: Settings): CacheMode | 'off' {
  if (cache === 'refresh' || cache === undefined) return settings.cache.enabled ? (cache ?? 'use') : 'off';
  return cache;
}

function cellTools(world: World, settings: Settings): Omit<CellTools, 'withPieces'> {
  // Prices are those of the day the run began.
  const date = world.clock.timestamp();
  return {
    clock: world.clock,
    price: ({ route, request }, usage) => costOf(usage, route.backend, request.model, date, settings.pricing),
    onError: (error, failure) => {
      if (failure.code === 'internal') world.log.error('A call failed inside Promptly.', error);
      else world.log.info(`A call failed: ${failure.code}.`);
    },
  };
}
