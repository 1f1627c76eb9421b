import type { Usage } from '../domain/chat.ts';
import { unknownUsage } from '../domain/chat.ts';
import type { Failure } from '../domain/failure.ts';
import type { CellResult, RunEvent } from '../domain/runEvent.ts';
import type { PlannedCall } from '../domain/runPlan.ts';
import type { Clock } from '../ports/clock.ts';
import type { ModelEvent } from '../ports/modelBackend.ts';
import type { EngineBackend, EngineEvent } from './engineBackend.ts';
import { failCell } from './failCell.ts';
import { toFailure } from './toFailure.ts';

/** Price of one call in US dollars; null where it is unknown. */
export type PriceCall = (call: PlannedCall, usage: Usage) => number | null;

export interface CellTools {
  readonly clock: Clock;
  readonly price: PriceCall;
  /** Pass on text as it comes, and attempts that began. */
  readonly withPieces: boolean;
  /** Told of everything that was thrown, for the log. */
  readonly onError: (error: unknown, failure: Failure) => void;
}

/** Runs one call to its end. Never throws; the last event is always `cell-finished`. */
export async function* executeCell(
  call: PlannedCall,
  open: (call: PlannedCall) => Promise<EngineBackend>,
  tools: CellTools,
  signal: AbortSignal,
): AsyncGenerator<RunEvent> {
  const { cellId, route, request, notApplied, step } = call;
  let backend: EngineBackend;
  try {
    backend = await open(call);
  } catch (error) {
    yield* failCell(call, error, tools, signal);
    return;
  }
  yield { type: 'cell-started', cellId, route, request, notApplied, ...(step !== undefined && { step }) };
  const progress = new CellProgress(tools.clock);
  let failure: Failure | null = null;
  try {
    signal.throwIfAborted();
    for await (const event of backend.stream(request, signal)) {
      progress.take(event);
      if (!tools.withPieces && pieces.has(event.type)) continue;
      const shown = toRunEvent(event, cellId);
      if (shown !== null) yield shown;
    }
  } catch (error) {
    failure = toFailure(error, signal);
    tools.onError(error, failure);
  }
  const result = progress.finish(failure, (usage) => tools.price(call, usage));
  yield { type: 'cell-finished', cellId, result };
}

const pieces: ReadonlySet<EngineEvent['type']> = new Set([
  'text-delta',
  'reasoning-delta',
  'attempt-started',
]);

function toRunEvent(event: EngineEvent, cellId: string): RunEvent | null {
  switch (event.type) {
    case 'text-delta':
    case 'reasoning-delta':
    case 'attempt-started':
    case 'attempt-failed':
      return { ...event, cellId };
    case 'notice':
      return { type: 'notice-raised', cellId, message: event.message };
    case 'finish':
    case 'cache-hit':
    case 'sent':
      return null;
  }
}

/** What a cell's result is made of, gathered as the events pass. */
class CellProgress {
  readonly #clock: Clock;
  #startedMs: number;
  #output = '';
  #attempts = 0;
  #firstTextMs: number | null = null;
  #recorded: { totalMs: number; firstTextMs: number | null } | null = null;
  #end: Extract<ModelEvent, { type: 'finish' }> | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#startedMs = clock.nowMs();
  }

  take(event: EngineEvent): void {
    if (event.type === 'text-delta') {
      if (this.#output === '') this.#firstTextMs = this.#elapsedMs();
      this.#output += event.text;
    } else if (event.type === 'attempt-started') {
      // Time in the queue is not the model's time.
      if (event.attempt === 1) this.#startedMs = this.#clock.nowMs();
      this.#attempts = event.attempt;
    } else if (event.type === 'cache-hit') {
      const { totalMs, firstTextMs } = event;
      this.#recorded = {
        totalMs: rounded(totalMs),
        firstTextMs: firstTextMs === null ? null : rounded(firstTextMs),
      };
    } else if (event.type === 'finish') {
      this.#end = event;
    }
  }

  finish(failure: Failure | null, price: (usage: Usage) => number | null): CellResult {
    const usage = this.#end?.usage ?? unknownUsage;
    const cached = this.#recorded !== null;
    const { totalMs, firstTextMs } = this.#recorded ?? {
      totalMs: this.#elapsedMs(),
      firstTextMs: this.#firstTextMs,
    };
    const loadMs = this.#end?.loadMs;
    const modelVersion = this.#end?.modelVersion;
    return {
      output: this.#output,
      failure,
      timing: { totalMs, firstTextMs, ...(loadMs !== undefined && { loadMs }) },
      usage,
      // Nothing was spent on an answer from the cache.
      costUsd: cached ? 0 : price(usage),
      attempts: this.#attempts,
      cached,
      finishReason: this.#end?.finishReason ?? null,
      ...(modelVersion !== undefined && { modelVersion }),
    };
  }

  #elapsedMs(): number {
    return rounded(this.#clock.nowMs() - this.#startedMs);
  }
}

const rounded = (ms: number): number => Math.round(ms * 10) / 10;
