import type { Failure, FailureCode } from './failure.ts';
import { retryableCodes } from './failure.ts';
import { failureAdvice } from './failureAdvice.ts';

/** A failure with the general advice of its code, unless somebody knows better. */
export function createFailure(
  code: FailureCode,
  message: string,
  better: { readonly hint?: string | undefined; readonly retryable?: boolean | undefined } = {},
): Failure {
  return {
    code,
    message,
    hint: better.hint ?? failureAdvice[code],
    retryable: better.retryable ?? retryableCodes.has(code),
  };
}
