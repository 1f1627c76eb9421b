import type { Redact } from './redaction.ts';

/**
 * A copy of an error chain with nothing in it but names, codes and redacted messages. The errors of HTTP clients carry
 * headers and bodies, which would reach a log through `cause`.
 */
export function safeCause(error: unknown, redact: Redact, depth = 0): Error | undefined {
  if (depth > 4 || !(error instanceof Error)) return undefined;
  const cause = safeCause(error.cause, redact, depth + 1);
  const copy = new Error(redact(error.message), cause ? { cause } : {});
  copy.name = error.name;
  const code = errorCode(error);
  if (code !== undefined) Object.assign(copy, { code });
  return copy;
}

export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** The error and what it says caused it, outermost first. */
export function errorChain(error: unknown): Error[] {
  const chain: Error[] = [];
  let next = error;
  while (next instanceof Error && chain.length < 8) {
    chain.push(next);
    next = next.cause ?? (next instanceof AggregateError ? next.errors[0] : undefined);
  }
  return chain;
}
