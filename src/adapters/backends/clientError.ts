import type { BackendError } from '../../core/domain/backendError.ts';
import type { HttpCall } from './httpCall.ts';
import { reportedError } from './httpFailure.ts';
import type { HttpService } from './httpService.ts';
import { errorChain } from './safeCause.ts';
import { toServerError } from './serverError.ts';

/** A client's own class for what a server reported. */
type ClientErrorClass = abstract new (...args: never[]) => Error & { readonly error?: unknown };

/**
 * What a client threw, in our words. An error event in the stream has no status; its body is the server's error in full.
 * Anything else is what the call itself saw.
 */
export function clientError(
  error: unknown,
  ClientError: ClientErrorClass,
  call: HttpCall,
  service: HttpService,
  details: { readonly model: string; readonly hadText: boolean },
): BackendError {
  const reported = errorChain(error).find((link) => link instanceof ClientError && link.error !== undefined);
  if (!(reported instanceof ClientError)) return call.toError(error, details.hadText);
  return reportedError(toServerError(null, reported.error), service, call.redact, details);
}
