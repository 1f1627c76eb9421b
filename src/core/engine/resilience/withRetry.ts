import { BackendError } from '../../domain/backendError.ts';
import type { ModelRequest } from '../../domain/chat.ts';
import { retryableCodes } from '../../domain/failure.ts';
import type { Clock } from '../../ports/clock.ts';
import type { SendGate } from '../../ports/sendGate.ts';
import type { EngineBackend, EngineEvent } from '../engineBackend.ts';
import { toFailure } from '../toFailure.ts';

export interface RetryPolicy {
  /** Attempts after the first. */
  readonly retries: number;
  /** Before the second attempt; doubles with each further one. */
  readonly delayMs: number;
  readonly maxDelayMs: number;
  /** A server that asks for a longer wait than this is not waited for. */
  readonly maxRetryAfterMs: number;
  /** 0 ≤ value < 1 */
  readonly random: () => number;
}

/** Tries again what another attempt may mend, as long as no text has been passed on. */
export function withRetry(backend: EngineBackend, policy: RetryPolicy, clock: Clock): EngineBackend {
  return {
    id: backend.id,
    stream: (request, signal, gate) => attempts(backend, request, policy, clock, signal, gate),
  };
}

async function* attempts(
  backend: EngineBackend,
  request: ModelRequest,
  policy: RetryPolicy,
  clock: Clock,
  signal: AbortSignal,
  gate: SendGate | undefined,
): AsyncGenerator<EngineEvent> {
  for (let attempt = 1; ; attempt++) {
    let isStarted = false;
    let hasText = false;
    try {
      for await (const event of backend.stream(request, signal, gate)) {
        if (!isStarted) yield { type: 'attempt-started', attempt };
        isStarted = true;
        hasText ||= event.type === 'text-delta';
        if (event.type !== 'sent') yield event;
      }
      return;
    } catch (error) {
      if (!isStarted) yield { type: 'attempt-started', attempt };
      // The user's signal is final: nothing is tried again after it.
      if (signal.aborted) throw error;
      const waitMs = hasText || attempt > policy.retries ? null : waitBefore(error, attempt, policy);
      const failure = toFailure(error, signal);
      yield { type: 'attempt-failed', attempt, failure, retryInMs: waitMs };
      if (waitMs === null) throw explainLongWait(error, policy);
      await clock.sleep(waitMs, signal);
    }
  }
}

/** null: not worth another attempt. */
function waitBefore(error: unknown, attempt: number, policy: RetryPolicy): number | null {
  if (!BackendError.is(error)) return null;
  if (!(error.retryable ?? retryableCodes.has(error.code))) return null;
  // Between half and all of the exponential step, so that calls that failed together do not come back together.
  const stepMs = Math.min(policy.delayMs * 2 ** (attempt - 1), policy.maxDelayMs);
  const backOffMs = Math.round(stepMs * (0.5 + policy.random() / 2));
  const askedMs = error.retryAfterMs;
  if (askedMs === undefined || !(askedMs >= 0)) return backOffMs;
  if (askedMs > policy.maxRetryAfterMs) return null;
  return Math.round(askedMs + Math.min(stepMs, 1_000) * policy.random());
}

function explainLongWait(error: unknown, policy: RetryPolicy): unknown {
  if (!BackendError.is(error) || !(Number(error.retryAfterMs) > policy.maxRetryAfterMs)) return error;
  const seconds = Math.ceil(Number(error.retryAfterMs) / 1000);
  const { code, message, retryAfterMs, retryable } = error;
  return new BackendError(code, message, {
    cause: error,
    hint: `The server asks to wait ${seconds} s; run it again after that.`,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(retryable !== undefined && { retryable }),
  });
}
