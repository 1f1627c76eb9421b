import type { FailureCode } from './failure.ts';

export interface BackendErrorOptions {
  readonly cause?: unknown;
  /** What the user can do, when the backend knows better than the general hint of the code. */
  readonly hint?: string;
  /** How long the server asked us to wait before the next attempt. */
  readonly retryAfterMs?: number;
  /** Overrides what the code says about retrying, e.g. a 400 answered as `bad-response`. */
  readonly retryable?: boolean;
}

/**
 * What a backend throws when the world failed. The only error that carries a failure code; `toFailure` turns it into a
 * `Failure`. The message is shown to people: no prompt text, header or key in it.
 */
export class BackendError extends Error {
  override readonly name = 'BackendError';
  readonly code: FailureCode;
  readonly hint: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly retryable: boolean | undefined;

  constructor(code: FailureCode, message: string, options: BackendErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
    this.retryAfterMs = options.retryAfterMs;
    this.retryable = options.retryable;
  }

  /** By name, not `instanceof`: each backend is a bundle of its own with its own copy of this class. */
  static is(error: unknown): error is BackendError {
    return error instanceof Error && error.name === 'BackendError' && 'code' in error;
  }
}
