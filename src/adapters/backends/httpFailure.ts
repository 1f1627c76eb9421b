import { BackendError, type BackendErrorOptions } from '../../core/domain/backendError.ts';
import type { FailureCode } from '../../core/domain/failure.ts';
import { withinSentence, type HttpService } from './httpService.ts';
import type { Redact } from './redaction.ts';

/** What a server said went wrong, whatever the dialect it said it in. */
export interface ServerError {
  /** null for an error sent inside a stream. */
  readonly status: number | null;
  readonly message: string;
  /** `error.type` and `error.code`, joined. */
  readonly kind: string;
}

const contextTooLong =
  /context.?(length|window|size)|maximum context|prompt is too long|too many (input )?tokens|exceeds? the (available |maximum )?context|request_too_large|input (is )?too long|exceed_context_size/i;
const overloaded = /overloaded|server busy|too many requests|rate.?limit|at capacity|loading model/i;
const noMoney = /insufficient_quota|billing|credit balance|payment|spend limit/i;
const wrongKey = /invalid.?api.?key|authentication|unauthorized|incorrect api key|permission/i;

/** An error answer in our words. `model` is named only where it is the matter. */
export function httpFailure(
  error: ServerError,
  service: HttpService,
  redact: Redact,
  details: { readonly model: string; readonly retryAfterMs?: number | undefined },
): BackendError {
  const said = redact(error.message);
  const code = classify(error);
  const options: BackendErrorOptions = {
    ...(details.retryAfterMs === undefined ? {} : { retryAfterMs: details.retryAfterMs }),
  };
  return new BackendError(code, messageOf(code, error, said, service, details.model), {
    ...options,
    ...advice(code, error, service, details.model),
  });
}

/** An error the server sent inside the stream. */
export function reportedError(
  error: ServerError,
  service: HttpService,
  redact: Redact,
  details: { readonly model: string; readonly hadText: boolean },
): BackendError {
  const failure = httpFailure({ ...error, status: null }, service, redact, details);
  return details.hadText && failure.code === 'bad-response'
    ? new BackendError('interrupted', failure.message)
    : failure;
}

function classify({ status, message, kind }: ServerError): FailureCode {
  const text = `${kind} ${message}`;
  if (status === 402 || (noMoney.test(text) && (status === 429 || status === 400 || status === 403)))
    return 'unauthorized';
  if (status === 401 || status === 403 || status === 407) return 'unauthorized';
  if (status === 429 || status === 529) return 'rate-limited';
  if (status === 413 || contextTooLong.test(text)) return 'context-too-long';
  // A path that takes no questions; a lock or a replay guard that opens again.
  if (status === 405 || status === 409 || status === 425) return 'bad-response';
  if (status === 404) return /model/i.test(text) ? 'model-not-found' : 'bad-response';
  if (status === 408 || status === 504) return 'timed-out';
  if (overloaded.test(text) && (status === null || status >= 500)) return 'rate-limited';
  if (status === null) return wrongKey.test(kind) ? 'unauthorized' : 'bad-response';
  if (status >= 500 || status < 400) return 'bad-response';
  if (/model/i.test(text) && /not.?found|does not exist|unknown model|invalid model/i.test(text))
    return 'model-not-found';
  return 'rejected';
}

function messageOf(
  code: FailureCode,
  { status }: ServerError,
  said: string,
  service: HttpService,
  model: string,
): string {
  const { label } = service;
  const answer = status === null ? 'reported an error' : `answered ${status}`;
  const because = said === '' ? '.' : `: ${/[.!?…]$/.test(said) ? said : `${said}.`}`;
  const number = status === null ? '' : ` (${status})`;
  switch (code) {
    case 'unauthorized':
      return `${label} refused the request${number}${because}`;
    case 'rate-limited':
      return `${label} is limiting requests or overloaded${number}${because}`;
    case 'model-not-found':
      return `${label} has no model "${model}"${because}`;
    case 'context-too-long':
      return `The prompt does not fit into the context of "${model}" (${label} ${answer})${because}`;
    default:
      return `${label} ${answer}${because}`;
  }
}

function advice(
  code: FailureCode,
  error: ServerError,
  service: HttpService,
  model: string,
): BackendErrorOptions {
  const { status } = error;
  if (status !== null && status >= 300 && status < 400) {
    return {
      hint: `Redirects are not followed, so that prompts and keys go only where you sent them: set ${service.addressSetting} to the final address.`,
      retryable: false,
    };
  }
  if (code === 'unauthorized') {
    return noMoney.test(`${error.kind} ${error.message}`) || status === 402
      ? { hint: 'Check the billing and the spending limit of the account this key belongs to.' }
      : { hint: service.keyHint };
  }
  if (code === 'model-not-found') return { hint: service.modelHint(model) };
  if (code === 'bad-response' && (status === 404 || status === 405)) {
    return {
      hint: `Check ${service.addressSetting} (${service.address}): there is no such service at that path.`,
      retryable: false,
    };
  }
  if (code === 'rate-limited' && service.local) {
    return { hint: `${service.label} is busy: wait a little, or lower promptly.concurrency.` };
  }
  if (status !== null && status >= 500)
    return {
      hint: `The fault is at ${withinSentence(service)}: try again; if it stays, look at its log or status page.`,
    };
  return {};
}
