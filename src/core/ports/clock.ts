/** Time, so that tests own it. */
export interface Clock {
  /** Monotonic milliseconds, for durations. */
  nowMs(): number;
  /** ISO 8601, for records. */
  timestamp(): string;
  /** Resolves after `ms`; rejects with the signal's reason at once when it aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** Calls `action` after `ms`, unless the returned function is called before. Cheaper than a sleep with a signal. */
  after(ms: number, action: () => void): () => void;
}
