import { BackendError } from '../domain/backendError.ts';
import { createFailure } from '../domain/createFailure.ts';
import type { Failure } from '../domain/failure.ts';
import { RunStopped } from './runStopped.ts';

/**
 * The one place where something thrown becomes a `Failure`. The user's signal is final: whatever a backend throws after
 * it aborted means cancelled. What is no `BackendError` is a bug of ours, and its text stays out of the failure: it may
 * hold anything.
 */
export function toFailure(error: unknown, signal: AbortSignal): Failure {
  // What stops a call from inside (a deadline, the run as a whole) aborts with its reason.
  const cause: unknown = signal.aborted ? signal.reason : error;
  if (cause instanceof RunStopped) return createFailure('cancelled', cause.message);
  if (BackendError.is(cause)) return createFailure(cause.code, cause.message, cause);
  if (signal.aborted) return createFailure('cancelled', 'The run was cancelled.');
  const name = error instanceof Error ? error.name : typeof error;
  return createFailure('internal', `Something inside Promptly went wrong (${name}).`);
}
