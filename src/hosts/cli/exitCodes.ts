import type { FailureCode } from '../../core/domain/failure.ts';

/** What the command's exit code says. Documented in the README; scripts rely on it. */
export const exitCodes = {
  ok: 0,
  /** A test failed, or with --fail-if-worse the candidate is worse. */
  testFailed: 1,
  /** Wrong usage or an invalid file. */
  usage: 2,
  /** A backend could not answer. */
  backendFailure: 3,
  budgetReached: 4,
  cancelled: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

export function exitCodeOf(code: FailureCode): ExitCode {
  switch (code) {
    case 'cancelled':
      return exitCodes.cancelled;
    case 'over-budget':
      return exitCodes.budgetReached;
    case 'untrusted':
      return exitCodes.usage;
    default:
      return exitCodes.backendFailure;
  }
}
