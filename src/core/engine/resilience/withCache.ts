import { BackendError } from '../../domain/backendError.ts';
import type { ModelRequest } from '../../domain/chat.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RecordedResponse, ResponseCache, ResponseKey } from '../../ports/responseCache.ts';
import type { EngineBackend, EngineEvent } from '../engineBackend.ts';

/**
 * `use` reads and writes, `refresh` only writes (a run that wants a new answer), `replay` only reads: a miss is the
 * failure `not-recorded`.
 */
export type CacheMode = 'use' | 'refresh' | 'replay';

export interface CacheUse {
  readonly cache: ResponseCache;
  readonly mode: CacheMode;
  readonly address: string;
  readonly repetition: number;
}

/** Answers from the cache where it can, and keeps every complete answer. Failures are never kept. */
export function withCache(backend: EngineBackend, use: CacheUse, clock: Clock): EngineBackend {
  return {
    id: backend.id,
    stream: (request, signal) => cached(backend, request, use, clock, signal),
  };
}

async function* cached(
  backend: EngineBackend,
  request: ModelRequest,
  { cache, mode, address, repetition }: CacheUse,
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<EngineEvent> {
  const key = responseKey(backend, request, address, repetition);
  const known = mode === 'refresh' ? null : await cache.read(key);
  signal.throwIfAborted();
  if (known !== null) {
    yield* playBack(known);
    return;
  }
  if (mode === 'replay') {
    throw new BackendError(
      'not-recorded',
      `No recorded answer of ${request.model} for exactly this request.`,
    );
  }
  const recording = new Recording(clock);
  for await (const event of backend.stream(request, signal)) {
    const response = recording.take(event);
    // Kept before it is passed on: whoever sees the end can count on it.
    if (response !== null) await cache.write(key, response);
    yield event;
  }
}

/** Custom executors get the variables too, so their answers may depend on them. */
function responseKey(
  { id }: EngineBackend,
  { model, messages, parameters, responseFormat, variables }: ModelRequest,
  address: string,
  repetition: number,
): ResponseKey {
  const key = { backend: id, address, model, messages, parameters, responseFormat, repetition };
  return id.startsWith('custom:') ? { ...key, variables } : key;
}

function* playBack(response: RecordedResponse): Generator<EngineEvent> {
  const { text, reasoning, totalMs, firstTextMs, ...end } = response;
  yield { type: 'cache-hit', totalMs, firstTextMs };
  if (reasoning !== '') yield { type: 'reasoning-delta', text: reasoning };
  if (text !== '') yield { type: 'text-delta', text };
  yield { type: 'finish', ...end };
}

class Recording {
  readonly #clock: Clock;
  #startedMs: number;
  #firstTextMs: number | null = null;
  #text = '';
  #reasoning = '';

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#startedMs = clock.nowMs();
  }

  /** The answer to keep, once it is complete. */
  take(event: EngineEvent): RecordedResponse | null {
    const nowMs = this.#clock.nowMs();
    if (event.type === 'attempt-started') {
      if (event.attempt === 1) this.#startedMs = nowMs;
      this.#reasoning = '';
    } else if (event.type === 'text-delta') {
      this.#firstTextMs ??= nowMs - this.#startedMs;
      this.#text += event.text;
    } else if (event.type === 'reasoning-delta') {
      this.#reasoning += event.text;
    } else if (event.type === 'finish') {
      const { finishReason, rawFinishReason, usage, modelVersion, loadMs } = event;
      const end = {
        finishReason,
        rawFinishReason,
        usage,
        ...(modelVersion !== undefined && { modelVersion }),
        ...(loadMs !== undefined && { loadMs }),
      };
      const times = { totalMs: nowMs - this.#startedMs, firstTextMs: this.#firstTextMs };
      return { ...end, ...times, text: this.#text, reasoning: this.#reasoning };
    }
    return null;
  }
}
