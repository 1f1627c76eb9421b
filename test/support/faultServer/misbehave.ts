import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultName } from './fault.ts';
import { statusFaults } from './statusFaults.ts';
import type { Answer, Wire, WireRequest } from './wire.ts';

export interface Exchange {
  readonly wire: Wire;
  readonly request: WireRequest;
  readonly answer: Answer;
  readonly frameDelayMs: number;
}

/** Waits until the other side is gone: nobody is ever answered here. */
const hang = (response: ServerResponse) => once(response, 'close');

export async function answerWell(exchange: Exchange, response: ServerResponse): Promise<void> {
  const { wire, request, answer, frameDelayMs } = exchange;
  // Ollama streams unless told not to; the others do not unless told to.
  const streamed =
    wire.name === 'ollama' ? request.body?.['stream'] !== false : request.body?.['stream'] === true;
  if (!streamed) {
    sendJson(response, 200, wire.whole(request, answer));
    return;
  }
  const { head, text, tail } = wire.frames(request, answer);
  await sendFrames(exchange, response, [...head, ...text, ...tail], frameDelayMs);
  response.end();
}

export async function misbehave(
  fault: FaultName,
  exchange: Exchange,
  response: ServerResponse,
): Promise<void> {
  const status = statusFaults[fault];
  if (status) {
    const { wire, request } = exchange;
    sendJson(
      response,
      status.status,
      wire.errorBody(status.kind, status.message(request, wire)),
      status.headers,
    );
    return;
  }
  await (special[fault] ?? answerWell)(exchange, response);
}

type Misbehaviour = (exchange: Exchange, response: ServerResponse) => Promise<void>;

const special: Partial<Record<FaultName, Misbehaviour>> = {
  'hang-before-headers': (_exchange, response) => hang(response),
  'hang-before-text': async (exchange, response) => {
    await sendFrames(exchange, response, framesOf(exchange).head);
    response.flushHeaders();
    await hang(response);
  },
  'hang-midway': async (exchange, response) => {
    await sendHalf(exchange, response);
    await hang(response);
  },
  'close-before-headers': (_exchange, response) => {
    response.socket?.destroy();
    return Promise.resolve();
  },
  'cut-before-text': async (exchange, response) => {
    await sendFrames(exchange, response, framesOf(exchange).head);
    response.flushHeaders();
    await sleep(20);
    response.socket?.end();
  },
  'cut-midway': async (exchange, response) => {
    await sendHalf(exchange, response);
    response.socket?.end();
  },
  'reset-midway': async (exchange, response) => {
    await sendHalf(exchange, response);
    response.socket?.resetAndDestroy();
  },
  // Ends as if complete: a proxy that lost its upstream closes its own side properly.
  'end-midway': async (exchange, response) => {
    await sendHalf(exchange, response);
    response.end();
  },
  'broken-line': async (exchange, response) => {
    await sendHalf(exchange, response);
    const { text, tail } = framesOf(exchange);
    await sendFrames(exchange, response, [exchange.wire.brokenFrame, ...text.slice(1), ...tail]);
    response.end();
  },
  'error-at-start': (exchange, response) => sendError(exchange, response, []),
  'error-midway': async (exchange, response) => {
    await sendHalf(exchange, response);
    await sendError(exchange, response, []);
  },
  'overloaded-midway': async (exchange, response) => {
    await sendHalf(exchange, response);
    response.write(exchange.wire.errorFrame('overloaded', 'Overloaded'));
    response.end();
  },
  'empty-answer': (exchange, response) =>
    answerWell(
      { ...exchange, answer: { ...exchange.answer, text: [], reasoning: [], outputTokens: 0 } },
      response,
    ),
  'html-page': (_exchange, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end('<!doctype html><title>Sign in to the network</title>');
    return Promise.resolve();
  },
  'not-http': (_exchange, response) => {
    response.socket?.end('SSH-2.0-OpenSSH_9.6\r\n');
    return Promise.resolve();
  },
  redirect: (_exchange, response) => {
    response.writeHead(307, { location: 'http://127.0.0.1:9/elsewhere' });
    response.end();
    return Promise.resolve();
  },
  'slow-drip': (exchange, response) => answerWell({ ...exchange, frameDelayMs: 40 }, response),
  'huge-output': async (exchange, response) => {
    const text = Array.from({ length: 500 }, () => 'x'.repeat(10_000));
    await answerWell(
      { ...exchange, answer: { ...exchange.answer, text, outputTokens: 1_250_000 } },
      response,
    );
  },
  // A proxy that compresses whatever passes, asked or not.
  compressed: (exchange, response) => {
    const { head, text, tail } = framesOf(exchange);
    response.writeHead(200, { 'content-type': exchange.wire.streamType, 'content-encoding': 'gzip' });
    response.end(gzipSync([...head, ...text, ...tail].join('')));
    return Promise.resolve();
  },
  // The whole answer with its end marker, and then the connection stays as it is.
  'held-open': async (exchange, response) => {
    const { head, text, tail } = framesOf(exchange);
    await sendFrames(exchange, response, [...head, ...text, ...tail]);
    await hang(response);
  },
  // Every byte in a packet of its own, so that no character of more than one byte arrives whole.
  'split-characters': async (exchange, response) => {
    const { head, text, tail } = framesOf({
      ...exchange,
      answer: { ...exchange.answer, text: ['Zażółć ', '日本 🦊'] },
    });
    start(exchange, response);
    for (const byte of Buffer.from([...head, ...text, ...tail].join(''))) {
      response.write(Uint8Array.of(byte));
      await sleep(0);
    }
    response.end();
  },
};

const framesOf = ({ wire, request, answer }: Exchange) => wire.frames(request, answer);

async function sendHalf(exchange: Exchange, response: ServerResponse): Promise<void> {
  const { head, text } = framesOf(exchange);
  await sendFrames(exchange, response, [...head, ...text.slice(0, 1)]);
  // Let the text arrive before what follows it.
  await sleep(20);
}

function sendError(exchange: Exchange, response: ServerResponse, before: string[]): Promise<void> {
  return sendFrames(exchange, response, [
    ...before,
    exchange.wire.errorFrame('server', 'the model runner stopped'),
  ]).then(() => {
    response.end();
  });
}

function start({ wire }: Exchange, response: ServerResponse): void {
  if (!response.headersSent) response.writeHead(200, { 'content-type': wire.streamType });
}

async function sendFrames(
  exchange: Exchange,
  response: ServerResponse,
  frames: readonly string[],
  delayMs = 0,
): Promise<void> {
  start(exchange, response);
  const closed = hang(response);
  for (const frame of frames) {
    if (response.destroyed) return;
    if (!response.write(frame)) await Promise.race([once(response, 'drain'), closed]);
    if (delayMs > 0) await sleep(delayMs);
  }
}

const once = (response: ServerResponse, event: string) =>
  new Promise<void>((resolve) => response.once(event, () => resolve()));

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}
