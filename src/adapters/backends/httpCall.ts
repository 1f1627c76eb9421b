import { BackendError } from '../../core/domain/backendError.ts';
import type { ModelRequest } from '../../core/domain/chat.ts';
import type { SendGate } from '../../core/ports/sendGate.ts';
import { connectionFailure } from './connectionFailure.ts';
import { httpFailure } from './httpFailure.ts';
import { withinSentence, type HttpService } from './httpService.ts';
import { inspectBody, type BodyInspector, type InspectedBody } from './inspectBody.ts';
import { nodeFetch } from './nodeFetch.ts';
import { createRedact, type Redact } from './redaction.ts';
import { retryAfterMs } from './retryAfter.ts';
import { errorChain, safeCause } from './safeCause.ts';
import { parseServerError } from './serverError.ts';

export type Fetch = typeof globalThis.fetch;

export interface HttpCallOptions {
  readonly service: HttpService;
  readonly signal: AbortSignal;
  /** Entered before the request is sent. */
  readonly gate?: SendGate | undefined;
  /** Null for calls that carry no prompt. */
  readonly request: ModelRequest | null;
  readonly secret?: string | undefined;
  /** The headers a request may carry; clients add ones from environment variables by themselves. */
  readonly headers?: (headers: RequestInit['headers']) => Record<string, string>;
  /** Content types a good answer may have; an HTML page of a proxy or a wrong address is not one. */
  readonly accept: RegExp;
  /** Looks at, or checks, the body of a good answer as it passes. */
  readonly inspect?: (contentType: string) => BodyInspector;
}

/** One call through a client library: its `fetch`, its end, and its errors in our words. */
export interface HttpCall {
  readonly fetch: Fetch;
  readonly signal: AbortSignal;
  readonly redact: Redact;
  /** `hadText`: some of the answer has already been passed on. */
  toError(error: unknown, hadText: boolean): BackendError;
  /**
   * Always call it. After a whole answer the connection is kept for the next call, once the little that may follow the
   * answer has been read; else it is closed if it is still open.
   */
  close(isWhole: boolean): void;
}

const longestErrorBody = 64 * 1024;
/** How long a server may take to end a body whose answer is complete, before its connection is given up. */
const drainMs = 100;
/** Made once: a reason of its own for every call would cost a stack trace each. */
const callClosed = new DOMException('The call is over.', 'AbortError');

/**
 * The clients' own abort does not reach a request before its headers (ollama) or leaves the socket open when a stream
 * is left early; error answers lose their headers or are logged to the console. So every request of a call goes
 * through this `fetch`: one signal ends it at any moment, and a bad answer never reaches the client.
 */
export function openHttpCall(options: HttpCallOptions): HttpCall {
  const { service } = options;
  const closer = new AbortController();
  const { signal } = closer;
  const follow = (): void => closer.abort(options.signal.reason);
  options.signal.addEventListener('abort', follow, { once: true });
  if (options.signal.aborted) follow();
  // Made on the first error: prompts may be long, and most calls have none.
  const redact: Redact = (text) => (redactor ??= createRedact([options.secret], options.request))(text);
  let redactor: Redact | undefined;
  const model = options.request?.model ?? '';
  let answered = false;
  let body: InspectedBody | null = null;

  const checkedFetch: Fetch = async (input, init) => {
    const ownInit: RequestInit = {
      ...init,
      ...(options.headers ? { headers: options.headers(init?.headers) } : {}),
      // Instead of the client's own: it follows this one, and only this one also ends with the call.
      signal,
    };
    const response = await nodeFetch(input, ownInit, options.gate);
    if (!response.ok) {
      const error = parseServerError(response.status, await readBounded(response), response.statusText);
      throw httpFailure(error, service, redact, { model, retryAfterMs: retryAfterMs(response.headers) });
    }
    const contentType = response.headers.get('content-type') ?? '';
    if (!options.accept.test(contentType)) {
      // Gateways report errors with status 200, too.
      const said = /^application\/json/i.test(contentType)
        ? parseServerError(null, await readBounded(response))
        : null;
      if (said !== null && said.message !== '') throw httpFailure(said, service, redact, { model });
      throw wrongContentType(contentType, service);
    }
    answered = true;
    if (!response.body || !options.inspect) return response;
    body = inspectBody(response, response.body, options.inspect(contentType));
    return body.response;
  };

  return {
    fetch: checkedFetch,
    signal,
    redact,
    close(isWhole) {
      options.signal.removeEventListener('abort', follow);
      const hangUp = (): void => closer.abort(callClosed);
      if (isWhole) drainWithin(drainMs, body, hangUp);
      else hangUp();
    },
    toError: (error, hadText) => {
      const chain = errorChain(error);
      const known = chain.find((link) => BackendError.is(link));
      if (known) return known;
      // The parser's message quotes what it could not read, so it is not passed on.
      if (chain.some((link) => link.name === 'SyntaxError')) return brokenLine(service.label);
      if (!answered) return connectionFailure(error, service, redact);
      return brokenAnswer(service, hadText, safeCause(error, redact));
    },
  };
}

/** Reads on in the background; whatever does not end soon is hung up on. */
function drainWithin(ms: number, body: InspectedBody | null, hangUp: () => void): void {
  const drained = body?.drain() ?? null;
  if (drained === null) return;
  const timer = setTimeout(hangUp, ms);
  const stop = (): void => clearTimeout(timer);
  drained.then(stop, stop);
}

export function brokenLine(label: string): BackendError {
  return new BackendError('bad-response', `${label} sent a line that is not JSON.`);
}

/** The answer ended without its end. */
export function brokenAnswer(service: HttpService, hadText: boolean, cause?: Error): BackendError {
  return hadText
    ? new BackendError(
        'interrupted',
        `The connection to ${withinSentence(service)} was cut in the middle of the answer.`,
        { cause },
      )
    : new BackendError('bad-response', `${service.label} closed the connection before any text came.`, {
        cause,
      });
}

function wrongContentType(contentType: string, service: HttpService): BackendError {
  const got = contentType === '' ? 'without a content type' : `with "${contentType.slice(0, 80)}"`;
  return new BackendError(
    'bad-response',
    `${service.address} answered ${got}, which is not ${withinSentence(service)}.`,
    {
      hint: `Check ${service.addressSetting}; a proxy’s login page or a wrong path answers like this.`,
      retryable: false,
    },
  );
}

async function readBounded(response: Response): Promise<string> {
  if (!response.body) return '';
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > longestErrorBody) break;
  }
  return text;
}

type CallInit = RequestInit & { readonly [callKey]?: HttpCall };
const callKey = Symbol('call');

/** The `fetch` of a client that serves many calls: each request goes through the call that its options name. */
export const fetchOfCall: Fetch = (input, init?: CallInit) => {
  const call = init?.[callKey];
  if (call === undefined) throw new TypeError('A request belongs to no call.');
  return call.fetch(input, init);
};

/** `fetchOptions` of a client's request: making a client for every call would cost more than the call itself. */
export const throughCall = (call: HttpCall) => ({ [callKey]: call, redirect: 'manual' as const });
