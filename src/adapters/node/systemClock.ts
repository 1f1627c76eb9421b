import type { Clock } from '../../core/ports/clock.ts';

/** Timers in Node and the editor hold 31 bits of milliseconds; a longer one would fire at once. */
const maxTimerMs = 2 ** 31 - 1;

export const systemClock: Clock = {
  nowMs: () => performance.now(),
  timestamp: () => new Date().toISOString(),
  sleep(ms, signal) {
    return new Promise((resolve, reject) => {
      const wake = (): void => {
        signal.removeEventListener('abort', interrupt);
        resolve();
      };
      const interrupt = (): void => {
        clearTimeout(timer);
        reject(signal.reason as Error);
      };
      const timer = setTimeout(wake, Math.min(Math.max(0, ms), maxTimerMs));
      signal.addEventListener('abort', interrupt, { once: true });
      if (signal.aborted) interrupt();
    });
  },
  after(ms, action) {
    const timer = setTimeout(action, Math.min(Math.max(0, ms), maxTimerMs));
    return () => clearTimeout(timer);
  },
};
