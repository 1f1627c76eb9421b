import http from 'node:http';
import https from 'node:https';
import { pipeline, type Readable } from 'node:stream';
import { urlToHttpOptions } from 'node:url';
import zlib from 'node:zlib';
import type { SendGate } from '../../core/ports/sendGate.ts';
import { buildAndEnter, holdingAgent, type BuildRequest } from './heldRequest.ts';
import { isLoopback } from './httpService.ts';
import { IncomingBody } from './incomingBody.ts';

const connectMs = 10_000;
/** Idle connections wait this long for the next call, less where the server says less; no process waits for them. */
const idleMs = 4_000;

const agentOptions = { keepAlive: true, timeout: idleMs, maxFreeSockets: 64 };
const agents = {
  'http:': holdingAgent(new http.Agent(agentOptions)),
  'https:': holdingAgent(new https.Agent(agentOptions)),
};
// Node 24.5 and later go through the proxies that HTTPS_PROXY, HTTP_PROXY and NO_PROXY name; inside VS Code the editor
// puts its own agent, with its own proxies, in the place of these.
const elsewhereOptions = { ...agentOptions, proxyEnv: process.env };
const agentsElsewhere = {
  'http:': holdingAgent(new http.Agent(elsewhereOptions)),
  'https:': holdingAgent(new https.Agent(elsewhereOptions)),
};

/**
 * `fetch` for the client libraries, over Node's own HTTP client: half the cost of the built-in one for a short call, and
 * an abort ends the request at every moment. Redirects are never followed: neither the prompt nor the key may go where
 * the user did not name. Takes what the clients send (an address, a text as body, a signal); an answer has what they use
 * of a `Response`. A gate is entered when there is nothing left to do but to send.
 */
export const nodeFetch = (
  input: string | URL | Request,
  init: RequestInit = {},
  gate?: SendGate,
): Promise<Response> =>
  new Promise((resolve, reject) => {
    const { signal, body } = init;
    if (typeof input !== 'string' && !(input instanceof URL)) throw new TypeError('No address to fetch.');
    if (body !== undefined && body !== null && typeof body !== 'string')
      throw new TypeError('No text to send.');
    signal?.throwIfAborted();
    const url = new URL(input);
    const options = requestOptions(url, init.method ?? 'GET', headersOf(init.headers, body));
    let request: http.ClientRequest | null = null;
    const abort = (): void => {
      // First: a request that has no connection yet tells nobody that it was ended.
      reject(signal?.reason as Error);
      request?.destroy(signal?.reason as Error);
    };
    const settle = (): void => signal?.removeEventListener('abort', abort);
    signal?.addEventListener('abort', abort, { once: true });
    const onResponse = (message: http.IncomingMessage): void => {
      message.once('close', settle);
      if (gate !== undefined && isGood(message)) leaveAtEnd(message, gate);
      resolve(toResponse(message, url));
    };
    const onError = (error: unknown): void => {
      settle();
      reject(new TypeError('fetch failed', { cause: error }));
    };
    const build: BuildRequest = (more) => {
      try {
        const all = { ...options, ...more };
        request = url.protocol === 'https:' ? https.request(all) : http.request(all);
        request.on('error', onError).once('response', onResponse).once('socket', boundConnecting);
        request.end(body ?? undefined);
      } catch (error) {
        settle();
        reject(error instanceof Error ? error : new TypeError(String(error)));
      }
    };
    if (gate === undefined) build({});
    else buildAndEnter(gate, signal ?? new AbortController().signal, build);
  });

const isGood = ({ statusCode = 0 }: http.IncomingMessage): boolean => statusCode >= 200 && statusCode < 300;

/** One tick after its end the connection is free, and the next call goes out on it. */
function leaveAtEnd(message: http.IncomingMessage, gate: SendGate): void {
  message.once('end', () => process.nextTick(() => gate.leave()));
}

function requestOptions(url: URL, method: string, headers: Record<string, string>): https.RequestOptions {
  const { protocol } = url;
  if (protocol !== 'http:' && protocol !== 'https:') throw new TypeError(`unknown scheme ${protocol}`);
  const agent = (isLoopback(url.href) ? agents : agentsElsewhere)[protocol];
  return { ...urlToHttpOptions(url), agent, method, headers };
}

function boundConnecting(this: http.ClientRequest, socket: NonNullable<http.ClientRequest['socket']>): void {
  if (!socket.connecting) return;
  const giveUp = (): void => {
    this.destroy(Object.assign(new Error('No connection in time.'), { code: 'ETIMEDOUT' }));
  };
  const timer = setTimeout(giveUp, connectMs);
  const stop = (): void => clearTimeout(timer);
  socket.once('connect', stop).once('close', stop);
}

function headersOf(headers: RequestInit['headers'], body: unknown): Record<string, string> {
  // What compresses an answer also holds it back until there is enough of it.
  const own: Record<string, string> = { 'accept-encoding': 'identity' };
  if (headers instanceof Headers) headers.forEach((value, name) => (own[name] = value));
  else Object.assign(own, Array.isArray(headers) ? Object.fromEntries(headers) : headers);
  if (typeof body === 'string') own['content-length'] = String(Buffer.byteLength(body));
  return own;
}

function toResponse(message: http.IncomingMessage, url: URL): Response {
  const status = message.statusCode ?? 0;
  const body = new IncomingBody(decoded(message));
  const headers = new Headers();
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined) headers.set(name, typeof value === 'string' ? value : value.join(', '));
  }
  const text = (): Promise<string> => body.text();
  const response = {
    status,
    statusText: message.statusMessage ?? '',
    ok: isGood(message),
    url: url.href,
    headers,
    body,
    text,
    json: async (): Promise<unknown> => JSON.parse(await text()),
  };
  return response as unknown as Response;
}

/** Some proxies compress although nobody asked them to. */
function decoded(message: http.IncomingMessage): Readable {
  const coding = message.headers['content-encoding']?.trim().toLowerCase() ?? '';
  const decoder = /^(x-)?gzip$|^deflate$/.test(coding)
    ? zlib.createUnzip({ finishFlush: zlib.constants.Z_SYNC_FLUSH })
    : coding === 'br'
      ? zlib.createBrotliDecompress()
      : null;
  // What breaks on either side reaches the reader as an error of the stream it reads.
  return decoder === null ? message : pipeline(message, decoder, () => undefined);
}
