import type { ModelRequest } from '../../domain/chat.ts';
import type { EngineBackend, EngineEvent } from '../engineBackend.ts';
import type { RateLimiter } from './rateLimiter.ts';

/** Holds a slot of the backend's limiter for a call with all its attempts, and teaches the limiter from them. */
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
  const release = await limiter.acquire(signal);
  try {
    for await (const event of backend.stream(request, signal)) {
      if (event.type === 'attempt-failed' && event.failure.code === 'rate-limited') {
        limiter.onOverload(event.retryInMs ?? 0);
      }
      if (event.type === 'finish') limiter.onSuccess();
      yield event;
    }
  } finally {
    release();
  }
}
