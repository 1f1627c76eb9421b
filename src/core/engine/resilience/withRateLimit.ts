import type { ModelRequest } from '../../domain/chat.ts';
import type { EngineBackend, EngineEvent } from '../engineBackend.ts';
import type { RateLimiter, Slot } from './rateLimiter.ts';

/**
 * Holds a slot of the backend's limiter for each attempt of a call, and teaches the limiter from them. A call that
 * waits for its next attempt gives its slot back: after an overload no more come back at once than the limit, now
 * lower, lets in.
 */
export function withRateLimit(backend: EngineBackend, limiter: RateLimiter): EngineBackend {
  return {
    id: backend.id,
    stream: (request, signal) => limited(backend, limiter, request, signal),
  };
}

async function* limited(
  backend: EngineBackend,
  limiter: RateLimiter,
  request: ModelRequest,
  signal: AbortSignal,
): AsyncGenerator<EngineEvent> {
  let slot: Slot | null = await limiter.acquire(signal);
  try {
    for await (const event of backend.stream(request, signal)) {
      if (event.type === 'attempt-failed') {
        if (event.failure.code === 'rate-limited') slot?.overloaded(event.retryInMs ?? 0);
        slot?.release();
        slot = null;
      }
      // The attempt itself begins when this event has been taken.
      if (event.type === 'attempt-started') slot ??= await limiter.acquire(signal);
      if (event.type === 'finish') {
        // The server is done with it: the next call need not wait until this answer has been kept and looked at.
        slot?.succeeded();
        slot?.release();
        slot = null;
      }
      yield event;
    }
  } finally {
    slot?.release();
  }
}
