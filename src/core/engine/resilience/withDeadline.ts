import { BackendError } from '../../domain/backendError.ts';
import type { ModelRequest } from '../../domain/chat.ts';
import type { Clock } from '../../ports/clock.ts';
import type { EngineBackend, EngineEvent } from '../engineBackend.ts';
import { readInterruptibly } from '../interruptible.ts';

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
  const source = readInterruptibly(backend.stream(request, attempt.signal));
  const stop = (reason: unknown): void => {
    attempt.abort(reason);
    source.interrupt(reason);
  };
  const cancel = (): void => stop(signal.reason);
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  const watch = watchDeadlines(deadlines, clock, stop);
  let textLength = 0;
  let finished = false;
  try {
    while (!finished) {
      const result = await source.next();
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
    }
  } catch (error) {
    throw asInterruption(error, textLength > 0, attempt.signal);
  } finally {
    signal.removeEventListener('abort', cancel);
    watch.stop();
    await source.close();
    // Whoever leaves early, by a break or a deadline, leaves no connection behind.
    if (!finished) attempt.abort(attemptOver);
  }
}

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

interface DeadlineWatch {
  /** Waiting for the consumer is not waiting for the backend. */
  pause(): void;
  resume(textHasBegun: boolean): void;
  stop(): void;
}

/** One timer at a time, however many events arrive: when it rings early, it is set for the rest. */
function watchDeadlines(
  deadlines: Deadlines,
  clock: Clock,
  onDeadline: (error: BackendError) => void,
): DeadlineWatch {
  const startedMs = clock.nowMs();
  let waitingSinceMs: number | null = startedMs;
  let begun = false;
  const msLeft = (): { ms: number; isTotal: boolean } => {
    const nowMs = clock.nowMs();
    const silenceMs = begun ? deadlines.idleMs : deadlines.firstTextMs;
    const untilSilence = waitingSinceMs === null ? silenceMs : waitingSinceMs + silenceMs - nowMs;
    const untilTotal = startedMs + deadlines.totalMs - nowMs;
    return untilTotal <= untilSilence
      ? { ms: untilTotal, isTotal: true }
      : { ms: untilSilence, isTotal: false };
  };
  const describe = (isTotal: boolean): string => {
    if (isTotal) return `The answer took longer than ${seconds(deadlines.totalMs)}.`;
    return begun
      ? `Nothing arrived for ${seconds(deadlines.idleMs)}.`
      : `No answer began within ${seconds(deadlines.firstTextMs)}.`;
  };
  const watch = (): void => {
    const left = msLeft();
    if (left.ms <= 0) onDeadline(new BackendError('timed-out', describe(left.isTotal)));
    // Never longer than the shortest limit: silence may begin while this waits.
    else cancelTimer = clock.after(Math.min(left.ms, deadlines.idleMs), watch);
  };
  let cancelTimer = (): void => undefined;
  watch();
  return {
    pause: () => void (waitingSinceMs = null),
    resume: (textHasBegun) => {
      waitingSinceMs = clock.nowMs();
      begun ||= textHasBegun;
    },
    stop: () => cancelTimer(),
  };
}

const seconds = (ms: number): string => `${Number((ms / 1000).toFixed(1))} s`;
