import type { BackendId } from '../domain/backendId.ts';
import type { EngineBackend } from '../engine/engineBackend.ts';
import { enterFirst } from '../engine/resilience/enterFirst.ts';
import type { Deadlines } from '../engine/resilience/watchDeadlines.ts';
import { withDeadline } from '../engine/resilience/withDeadline.ts';
import { RateLimiter } from '../engine/resilience/rateLimiter.ts';
import { withRateLimit } from '../engine/resilience/withRateLimit.ts';
import type { RetryPolicy } from '../engine/resilience/withRetry.ts';
import { withRetry } from '../engine/resilience/withRetry.ts';
import type { Settings } from '../ports/settings.ts';
import type { World } from './pipeline.ts';

/** Opens a backend with everything that makes it dependable: rate limit → retry → deadline → backend. */
export type OpenResilient = (id: BackendId, settings: Settings) => Promise<EngineBackend>;

/** The limiters outlive a run: what a backend has taught is true for the next run too. */
export function createResilientBackends(world: World): OpenResilient {
  const limiters = new Map<BackendId, RateLimiter>();
  return async (id, settings) => {
    const backend = await world.backends.open(id);
    const concurrency = concurrencyOf(id, settings);
    const limiter = limiters.get(id) ?? new RateLimiter(concurrency, world.clock);
    limiters.set(id, limiter);
    limiter.setMaximum(concurrency);
    const bounded = withDeadline(enterFirst(backend), deadlinesOf(settings), world.clock);
    return withRateLimit(withRetry(bounded, retryPolicyOf(settings), world.clock), limiter);
  };
}

/** Calls at once where nobody says otherwise: local models answer one at a time anyway. */
export function concurrencyOf(id: BackendId, settings: Settings): number {
  if (settings.concurrency > 0) return Math.floor(settings.concurrency);
  return id === 'ollama' || id === 'builtin' ? 1 : 4;
}

const maxOutputLength = 16 * 1024 * 1024;

/** Silence is bounded as well, but never tighter than half a minute: reasoning models pause. */
function deadlinesOf(settings: Settings): Deadlines {
  const totalMs = settings.timeoutSeconds * 1000;
  const idleMs = Math.min(totalMs, Math.max(30_000, totalMs / 2));
  return { totalMs, firstTextMs: totalMs, idleMs, maxOutputLength };
}

function retryPolicyOf(settings: Settings): RetryPolicy {
  return {
    retries: Math.max(0, Math.floor(settings.retries)),
    delayMs: settings.retryDelaySeconds * 1000,
    maxDelayMs: 30_000,
    maxRetryAfterMs: 60_000,
    random: Math.random,
  };
}
