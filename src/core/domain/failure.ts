/** Why a call to the world did not give a result. A closed list: every host presents every code. */
export const failureCodes = [
  'cancelled',
  'timed-out',
  'rate-limited',
  'key-missing',
  'unauthorized',
  'backend-not-running',
  'model-not-found',
  'unreachable',
  'rejected',
  'context-too-long',
  'bad-response',
  'interrupted',
  'not-recorded',
  'executor-failed',
  'untrusted',
  'over-budget',
  'internal',
] as const;

export type FailureCode = (typeof failureCodes)[number];

/** A failure as it is stored and shown. Holds no prompt text, header or key. */
export interface Failure {
  readonly code: FailureCode;
  /** What happened, in one sentence. */
  readonly message: string;
  /** What to do about it, in one sentence. */
  readonly hint: string;
  readonly retryable: boolean;
}

/** Codes that another attempt may mend; see engine/resilience for when one is made. */
export const retryableCodes: ReadonlySet<FailureCode> = new Set([
  'rate-limited',
  'unreachable',
  'timed-out',
  'bad-response',
]);
