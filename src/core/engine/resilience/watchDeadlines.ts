import { BackendError } from '../../domain/backendError.ts';
import type { Clock } from '../../ports/clock.ts';

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

export interface DeadlineWatch {
  /** Waiting for the consumer is not waiting for the backend. */
  pause(): void;
  resume(textHasBegun: boolean): void;
  stop(): void;
  /** From now on, as if the attempt had begun now. */
  restart(): void;
}

/** One timer at a time, however many events arrive: when it rings early, it is set for the rest. */
export function watchDeadlines(
  deadlines: Deadlines,
  clock: Clock,
  onDeadline: (error: BackendError) => void,
): DeadlineWatch {
  let startedMs = clock.nowMs();
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
    restart() {
      cancelTimer();
      waitingSinceMs = startedMs = clock.nowMs();
      watch();
    },
  };
}

const seconds = (ms: number): string => `${Number((ms / 1000).toFixed(1))} s`;
