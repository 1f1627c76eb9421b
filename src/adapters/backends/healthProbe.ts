import { BackendError } from '../../core/domain/backendError.ts';
import { failureAdvice } from '../../core/domain/failureAdvice.ts';
import type { BackendHealth } from '../../core/ports/modelBackend.ts';

const longestWaitMs = 1800;

/** Runs `probe` for at most two seconds and turns what it throws into words. */
export async function probeHealth(
  label: string,
  signal: AbortSignal,
  probe: (signal: AbortSignal) => Promise<BackendHealth>,
): Promise<BackendHealth> {
  const deadline = AbortSignal.timeout(longestWaitMs);
  try {
    return await probe(AbortSignal.any([signal, deadline]));
  } catch (error) {
    if (deadline.aborted && !signal.aborted) {
      return {
        status: 'unavailable',
        detail: `${label} did not answer within ${longestWaitMs / 1000} seconds.`,
        hint: failureAdvice.unreachable,
      };
    }
    if (BackendError.is(error)) {
      return { status: 'unavailable', detail: error.message, hint: error.hint ?? failureAdvice[error.code] };
    }
    return { status: 'unavailable', detail: `${label} could not be checked.`, hint: failureAdvice.internal };
  }
}
