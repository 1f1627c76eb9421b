import type { Clock } from '../../src/core/ports/clock.ts';

/** Time that moves only when the test says so. */
export class FakeClock implements Clock {
  #nowMs = 0;
  readonly #sleepers = new Set<{ untilMs: number; wake: () => void }>();

  nowMs(): number {
    return this.#nowMs;
  }

  timestamp(): string {
    return new Date(Date.UTC(2026, 0, 1) + this.#nowMs).toISOString();
  }

  /** Sleeps that nobody has ended yet; 0 when nothing leaks. */
  get sleeping(): number {
    return this.#sleepers.size;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const interrupt = (): void => {
        this.#sleepers.delete(sleeper);
        reject(signal.reason as Error);
      };
      const wake = (): void => {
        signal.removeEventListener('abort', interrupt);
        this.#sleepers.delete(sleeper);
        resolve();
      };
      const sleeper = { untilMs: this.#nowMs + ms, wake };
      this.#sleepers.add(sleeper);
      signal.addEventListener('abort', interrupt, { once: true });
    });
  }

  after(ms: number, action: () => void): () => void {
    const wake = (): void => {
      this.#sleepers.delete(sleeper);
      action();
    };
    const sleeper = { untilMs: this.#nowMs + ms, wake };
    this.#sleepers.add(sleeper);
    return () => void this.#sleepers.delete(sleeper);
  }

  /** Moves time on, waking sleepers in their order and letting what they start run in between. */
  async advance(ms: number): Promise<void> {
    const endMs = this.#nowMs + ms;
    await settle();
    while (true) {
      const [next] = [...this.#sleepers].sort((a, b) => a.untilMs - b.untilMs);
      if (next === undefined || next.untilMs > endMs) break;
      this.#nowMs = Math.max(this.#nowMs, next.untilMs);
      next.wake();
      await settle();
    }
    this.#nowMs = endMs;
    await settle();
  }

  /** Moves time on to whatever is slept for until `work` is done. */
  async runUntil<Result>(work: Promise<Result>): Promise<Result> {
    const ended = new AbortController();
    const mark = (): void => ended.abort();
    work.then(mark, mark);
    await settle();
    while (!ended.signal.aborted) {
      const next = Math.min(...[...this.#sleepers].map((sleeper) => sleeper.untilMs));
      if (Number.isFinite(next)) await this.advance(Math.max(0, next - this.#nowMs));
      else await new Promise((resolve) => setTimeout(resolve, 1));
    }
    return work;
  }
}

/** Lets everything that is ready run, microtasks and immediates. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
}
