import { BackendError } from '../../domain/backendError.ts';
import type { ModelRequest } from '../../domain/chat.ts';
import type { Clock } from '../../ports/clock.ts';
import type { SendGate } from '../../ports/sendGate.ts';
import type { EngineBackend, EngineEvent } from '../engineBackend.ts';
import { readInterruptibly } from '../interruptible.ts';
import { watchDeadlines, type Deadlines, type DeadlineWatch } from './watchDeadlines.ts';

/**
 * Bounds one attempt, from its sending on, and judges whether its answer is whole: an attempt begins with a `sent`, ends
 * with a `finish`, or throws. Also the place where the user's cancellation takes effect, whatever the backend does about
 * it.
 */
export function withDeadline(backend: EngineBackend, deadlines: Deadlines, clock: Clock): EngineBackend {
  return {
    id: backend.id,
    stream: (request, signal, gate = openGate) =>
      boundedAttempt(backend, request, deadlines, clock, signal, gate),
  };
}

async function* boundedAttempt(
  backend: EngineBackend,
  request: ModelRequest,
  deadlines: Deadlines,
  clock: Clock,
  signal: AbortSignal,
  gate: SendGate,
): AsyncGenerator<EngineEvent> {
  const attempt = new AbortController();
  const stop = (reason: unknown): void => {
    attempt.abort(reason);
    source.interrupt(reason);
  };
  const watch = watchDeadlines(deadlines, clock, stop);
  const watched = new WatchedGate(gate, watch);
  const source = readInterruptibly(backend.stream(request, attempt.signal, watched));
  const cancel = (): void => stop(signal.reason);
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  let textLength = 0;
  let finished = false;
  let isReading = true;
  try {
    let next = source.next();
    await Promise.race([watched.sent, next]);
    yield { type: 'sent' };
    isReading = false;
    while (!finished) {
      const result = await next;
      if (attempt.signal.aborted) throw attempt.signal.reason;
      if (result.done === true) throw withoutFinish(textLength > 0);
      const event = result.value;
      watch.pause();
      if (event.type === 'text-delta') textLength += event.text.length;
      if (event.type === 'finish') finished = true;
      if (textLength > deadlines.maxOutputLength) {
        throw new BackendError('bad-response', tooLong(deadlines.maxOutputLength), { retryable: false });
      }
      yield event;
      watch.resume(event.type !== 'notice');
      if (!finished) next = source.next();
    }
  } catch (error) {
    throw asInterruption(error, textLength > 0, attempt.signal);
  } finally {
    signal.removeEventListener('abort', cancel);
    watch.stop();
    if (isReading) stop(attemptOver);
    await source.close();
    // Whoever leaves early, by a break or a deadline, leaves no connection behind.
    if (!finished) attempt.abort(attemptOver);
  }
}

/** The way to the gate is bounded, and the way back; the wait at the gate is not. */
class WatchedGate implements SendGate {
  readonly #gate: SendGate;
  readonly #watch: DeadlineWatch;
  #markSent = (): void => undefined;
  /** Resolves when the call has been let in. */
  readonly sent = new Promise<void>((resolve) => (this.#markSent = resolve));

  constructor(gate: SendGate, watch: DeadlineWatch) {
    this.#gate = gate;
    this.#watch = watch;
  }

  enter(signal: AbortSignal, send: () => void): void {
    this.#watch.stop();
    this.#gate.enter(signal, () => {
      send();
      this.#watch.restart();
      this.#markSent();
    });
  }

  leave(): void {
    this.#gate.leave();
  }
}

/** Where nobody limits the calls. */
const openGate: SendGate = {
  enter: (signal, send) => {
    if (!signal.aborted) send();
  },
  leave: () => undefined,
};

/** Made once: an abort without a reason makes an error with a stack trace every time. */
const attemptOver = new Error('The attempt is over.');

const withoutFinish = (hasText: boolean): BackendError =>
  hasText
    ? new BackendError('interrupted', 'The answer broke off before its end.')
    : new BackendError('bad-response', 'The backend ended the answer without finishing it.');

/** A connection lost in the middle of an answer is no longer a connection that could not be made. */
function asInterruption(error: unknown, hasText: boolean, signal: AbortSignal): unknown {
  if (signal.aborted || !hasText || !BackendError.is(error) || error.code !== 'unreachable') return error;
  return new BackendError('interrupted', error.message, { cause: error });
}

const tooLong = (length: number): string =>
  `The answer grew past ${length} characters without an end and was stopped.`;
