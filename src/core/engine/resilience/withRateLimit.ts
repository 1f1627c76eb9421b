import type { ModelRequest } from '../../domain/chat.ts';
import type { SendGate } from '../../ports/sendGate.ts';
import type { EngineBackend, EngineEvent } from '../engineBackend.ts';
import type { RateLimiter, Slot } from './rateLimiter.ts';

/**
 * Holds a slot of the backend's limiter for each attempt of a call, from its sending to the end of its answer, and
 * teaches the limiter from it. A call that waits for its next attempt has given its slot back: after an overload no more
 * come back at once than the limit, now lower, lets in.
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
  const gate = new LimiterGate(limiter);
  try {
    for await (const event of backend.stream(request, signal, gate)) {
      if (event.type === 'attempt-failed') {
        if (event.failure.code === 'rate-limited') gate.slot?.overloaded(event.retryInMs ?? 0);
        gate.leave();
      } else if (event.type === 'finish') {
        // The server is done with it: the next call need not wait until this answer has been kept and looked at.
        gate.slot?.succeeded();
        gate.leave();
      }
      yield event;
    }
  } finally {
    gate.leave();
  }
}

/** One call's way to its slots, one for each attempt. */
class LimiterGate implements SendGate {
  readonly #limiter: RateLimiter;
  slot: Slot | null = null;

  constructor(limiter: RateLimiter) {
    this.#limiter = limiter;
  }

  enter(signal: AbortSignal, send: () => void): void {
    this.leave();
    this.#limiter.acquire(signal, (slot) => {
      this.slot = slot;
      send();
    });
  }

  leave(): void {
    this.slot?.release();
  }
}
