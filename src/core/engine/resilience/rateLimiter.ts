import type { Clock } from '../../ports/clock.ts';

/** The right to one attempt. */
export interface Slot {
  /** The server said it is too much: fewer calls at once, none before the wait it asked for. */
  overloaded(waitMs: number): void;
  succeeded(): void;
  /** Gives the slot back; twice is once. */
  release(): void;
}

/**
 * Slots for the calls to one backend, first come, first served. Additive increase, multiplicative decrease: half as
 * many after an overload, one more after each full round of successes.
 */
export class RateLimiter {
  readonly #clock: Clock;
  #maximum: number;
  #limit: number;
  #running = 0;
  #closedUntilMs = -Infinity;
  #halvings = 0;
  #alarm: AbortController | null = null;
  readonly #waiting = new Set<() => void>();

  constructor(maximum: number, clock: Clock) {
    this.#clock = clock;
    this.#maximum = this.#limit = Math.max(1, maximum);
  }

  /** Calls that may run at once now. */
  get limit(): number {
    return Math.floor(this.#limit);
  }

  /** Changes the ceiling; a limit that an overload has lowered stays lowered. */
  setMaximum(maximum: number): void {
    const ceiling = Math.max(1, maximum);
    if (ceiling === this.#maximum) return;
    this.#limit = this.#limit === this.#maximum ? ceiling : Math.min(this.#limit, ceiling);
    this.#maximum = ceiling;
    this.#admit();
  }

  /** Calls `start` with a slot as soon as there is room, at once if there is; never after `signal` has aborted. */
  acquire(signal: AbortSignal, start: (slot: Slot) => void): void {
    if (signal.aborted) return;
    if (this.#waiting.size === 0 && this.#running < this.limit && !this.#isClosed()) {
      this.#running++;
      start(this.#slot());
      return;
    }
    const admit = (): void => {
      signal.removeEventListener('abort', leave);
      start(this.#slot());
    };
    const leave = (): void => {
      this.#waiting.delete(admit);
      this.#sleepNoMore();
    };
    signal.addEventListener('abort', leave, { once: true });
    this.#waiting.add(admit);
    this.#admit();
  }

  #isClosed(): boolean {
    return this.#clock.nowMs() < this.#closedUntilMs;
  }

  #slot(): Slot {
    let held = true;
    // One overload hits all calls in flight and counts once: only who began after a halving may cause the next.
    const halvingsBefore = this.#halvings;
    return {
      overloaded: (waitMs) => {
        this.#closedUntilMs = Math.max(this.#closedUntilMs, this.#clock.nowMs() + waitMs);
        if (this.#halvings > halvingsBefore) return;
        this.#halvings++;
        this.#limit = Math.max(1, this.#limit / 2);
      },
      succeeded: () => {
        this.#limit = Math.min(this.#maximum, this.#limit + 1 / this.#limit);
        this.#admit();
      },
      release: () => {
        if (!held) return;
        held = false;
        this.#running--;
        this.#admit();
      },
    };
  }

  #admit(): void {
    if (this.#waiting.size === 0) return;
    if (this.#isClosed()) {
      this.#wakeLater();
      return;
    }
    for (const admit of this.#waiting) {
      if (this.#running >= this.limit) return;
      this.#waiting.delete(admit);
      this.#running++;
      admit();
    }
  }

  #wakeLater(): void {
    if (this.#alarm !== null) return;
    const alarm = (this.#alarm = new AbortController());
    const ring = (): void => {
      if (this.#alarm !== alarm) return;
      this.#alarm = null;
      this.#admit();
    };
    const waitMs = Math.max(1, this.#closedUntilMs - this.#clock.nowMs());
    this.#clock.sleep(waitMs, alarm.signal).then(ring, () => undefined);
  }

  /** No timer outlives the last call that waits for it: it would keep a finished process alive. */
  #sleepNoMore(): void {
    if (this.#waiting.size > 0) return;
    this.#alarm?.abort();
    this.#alarm = null;
  }
}
