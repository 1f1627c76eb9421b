import { BackendError } from '../../domain/backendError.ts';
import type { ModelRequest } from '../../domain/chat.ts';
import type { Clock } from '../../ports/clock.ts';
import type { EngineBackend, EngineEvent } from '../engineBackend.ts';
import { interruptible } from '../interruptible.ts';

/** All in milliseconds, for one attempt. */
export interface Deadlines {
  readonly totalMs: number;
  /** Until the first event that is no notice; models that load first take their time here. */
  readonly firstTextMs: number;
  /** Between two events. */
  readonly idleMs: number;
  /** UTF-16 code units; an endless answer must not fill the memory. */
  readonly maxOutputLength: number;
}

/**
 * Bounds one attempt and judges whether its answer is whole: an attempt ends with a `finish`, or throws. Also the place
 * where the user's cancellation takes effect, whatever the backend does about it.
 */
export function withDeadline(backend: EngineBackend, deadlines: Deadlines, clock: Clock): EngineBackend {
  return {
    id: backend.id,
    stream: (request, signal) => boundedAttempt(backend, request, deadlines, clock, signal),
  };
}

async function* boundedAttempt(
  backend: EngineBackend,
  request: ModelRequest,
  deadlines: Deadlines,
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<EngineEvent> {
  const attempt = new AbortController();
  const cancel = (): void => attempt.abort(signal.reason);
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  const watch = watchDeadlines(deadlines, clock, attempt);
  let textLength = 0;
  let finished = false;
  try {
    for await (const event of interruptible(backend.stream(request, attempt.signal), attempt.signal)) {
      watch.pause();
      if (event.type === 'text-delta') textLength += event.text.length;
      if (event.type === 'finish') finished = true;
      if (textLength > deadlines.maxOutputLength) {
        throw new BackendError('bad-response', tooLong(deadlines.maxOutputLength), { retryable: false });
      }
      yield event;
      if (finished) return;
      watch.resume(event.type !== 'notice');
    }
    throw textLength > 0
      ? new BackendError('interrupted', 'The answer broke off before its end.')
      : new BackendError('bad-response', 'The backend ended the answer without finishing it.');
  } catch (error) {
    throw asInterruption(error, textLength > 0, attempt.signal);
  } finally {
    signal.removeEventListener('abort', cancel);
    watch.stop();
    // Whoever leaves early, by a break or a deadline, leaves no connection behind.
    if (!finished) attempt.abort();
  }
}

/** A connection lost in the middle of an answer is no longer a connection that could not be made. */
function asInterruption(error: unknown, hasText: boolean, signal: AbortSignal): unknown {
  if (signal.aborted || !hasText || !BackendError.is(error) || error.code !== 'unreachable') return error;
  return new BackendError('interrupted', error.message, { cause: error });
}

const tooLong = (length: number): string =>
  `The answer grew past ${length} characters without an end and was stopped.`;

interface DeadlineWatch {
  /** Waiting for the consumer is not waiting for the backend. */
  pause(): void;
  resume(textHasBegun: boolean): void;
  stop(): void;
}

/** One sleep at a time, however many events arrive: when it wakes early, it sleeps for the rest. */
function watchDeadlines(deadlines: Deadlines, clock: Clock, attempt: AbortController): DeadlineWatch {
  const startedMs = clock.nowMs();
  let waitingSinceMs: number | null = startedMs;
  let begun = false;
  const done = new AbortController();
  const msLeft = (): { ms: number; message: string } => {
    const nowMs = clock.nowMs();
    const silenceMs = begun ? deadlines.idleMs : deadlines.firstTextMs;
    const silent = begun
      ? `Nothing arrived for ${seconds(silenceMs)}.`
      : `No answer began within ${seconds(silenceMs)}.`;
    const untilSilence = waitingSinceMs === null ? silenceMs : waitingSinceMs + silenceMs - nowMs;
    const untilTotal = startedMs + deadlines.totalMs - nowMs;
    return untilTotal <= untilSilence
      ? { ms: untilTotal, message: `The answer took longer than ${seconds(deadlines.totalMs)}.` }
      : { ms: untilSilence, message: silent };
  };
  const watch = async (): Promise<void> => {
    for (let left = msLeft(); ; left = msLeft()) {
      if (left.ms <= 0) {
        attempt.abort(new BackendError('timed-out', left.message));
        return;
      }
      // Never longer than the shortest limit: silence may begin while this sleeps.
      await clock.sleep(Math.min(left.ms, deadlines.idleMs), done.signal);
    }
  };
  watch().catch(() => undefined);
  return {
    pause: () => void (waitingSinceMs = null),
    resume: (textHasBegun) => {
      waitingSinceMs = clock.nowMs();
      begun ||= textHasBegun;
    },
    stop: () => done.abort(noLongerNeeded),
  };
}

/** Made once: an abort without a reason makes an error with a stack trace every time. */
const noLongerNeeded = new Error('The deadline is no longer needed.');

const seconds = (ms: number): string => `${Number((ms / 1000).toFixed(1))} s`;
