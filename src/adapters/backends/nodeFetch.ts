import http from 'node:http';
import https from 'node:https';
import { pipeline, type Readable } from 'node:stream';
import zlib from 'node:zlib';
import type { Fetch } from './httpCall.ts';
import { isLoopback } from './httpService.ts';
import { IncomingBody } from './incomingBody.ts';

const connectMs = 10_000;
/** Idle connections wait this long for the next call, less where the server says less; no process waits for them. */
const idleMs = 4_000;

const agentOptions = { keepAlive: true, timeout: idleMs, maxFreeSockets: 64 };
const agents = { 'http:': new http.Agent(agentOptions), 'https:': new https.Agent(agentOptions) };
// Node 24.5 and later go through the proxies that HTTPS_PROXY, HTTP_PROXY and NO_PROXY name; inside VS Code the editor
// puts its own agent, with its own proxies, in the place of these.
const elsewhereOptions = { ...agentOptions, proxyEnv: process.env };
const agentsElsewhere = {
  'http:': new http.Agent(elsewhereOptions),
  'https:': new https.Agent(elsewhereOptions),
};

/**
 * `fetch` for the client libraries, over Node's own HTTP client: half the cost of the built-in one for a short call, and
 * an abort ends the request at every moment. Redirects are never followed. Takes what the clients send (an address, a
 * text as body, a signal); an answer has what they use of a `Response`.
 */
export const nodeFetch: Fetch = (input, init = {}) =>
  new Promise((resolve, reject) => {
    const { signal, body } = init;
    if (typeof input !== 'string' && !(input instanceof URL)) throw new TypeError('No address to fetch.');
    if (body !== undefined && body !== null && typeof body !== 'string')
      throw new TypeError('No text to send.');
    signal?.throwIfAborted();
    const url = new URL(input);
    const request = open(url, init.method ?? 'GET', headersOf(init.headers, body));
    const abort = (): void => void request.destroy(signal?.reason as Error);
    const settle = (): void => signal?.removeEventListener('abort', abort);
    signal?.addEventListener('abort', abort, { once: true });
    request.on('error', (error) => {
      settle();
      reject(new TypeError('fetch failed', { cause: error }));
    });
    request.once('response', (message) => {
      message.once('close', settle);
      resolve(toResponse(message, url));
    });
    request.once('socket', (socket) => {
      if (socket.connecting) boundConnecting(request, socket);
    });
    request.end(body ?? undefined);
  });

function open(url: URL, method: string, headers: Record<string, string>): http.ClientRequest {
  const agent = isLoopback(url.href) ? agents : agentsElsewhere;
  if (url.protocol === 'https:') return https.request(url, { agent: agent['https:'], method, headers });
  if (url.protocol === 'http:') return http.request(url, { agent: agent['http:'], method, headers });
  throw new TypeError(`unknown scheme ${url.protocol}`);
}

function boundConnecting(
  request: http.ClientRequest,
  socket: NonNullable<http.ClientRequest['socket']>,
): void {
  const giveUp = (): void => {
    request.destroy(Object.assign(new Error('No connection in time.'), { code: 'ETIMEDOUT' }));
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
    ok: status >= 200 && status < 300,
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
