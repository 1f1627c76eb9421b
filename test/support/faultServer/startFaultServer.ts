import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { anthropicWire } from './anthropicWire.ts';
import { isFaultName, type FaultName } from './fault.ts';
import { answerWell, misbehave, sendJson, type Exchange } from './misbehave.ts';
import { ollamaWire } from './ollamaWire.ts';
import { openAiWire } from './openAiWire.ts';
import { serveSideRoutes } from './sideRoutes.ts';
import type { Answer, Wire, WireRequest } from './wire.ts';

export interface FaultServerOptions {
  readonly port?: number;
  /** Installed models; default `llama3.2:3b`, `claude-sonnet-5-5`, `gpt-5-mini`. A call may name any other, too. */
  readonly models?: readonly string[];
  /** What it answers; default a short greeting. */
  readonly answer?: (request: WireRequest) => Partial<Answer> | string;
  /** Between two pieces of a good answer. */
  readonly frameDelayMs?: number;
  /** Before a good answer's first byte. */
  readonly latencyMs?: number;
}

export interface RecordedRequest extends WireRequest {
  /** `performance.now()` of its last byte. */
  readonly receivedAtMs: number;
  /** When the connection closed or the answer was complete, whichever came first; null while it is open. */
  closedAtMs: number | null;
  /** The whole answer had been sent when it closed. */
  answered: boolean;
}

export interface FaultServer {
  /** `http://127.0.0.1:<port>`: base URL for Ollama and Anthropic. */
  readonly url: string;
  /** The same with `/v1`, as OpenAI clients want it. */
  readonly openAiUrl: string;
  /** Every request, oldest first. */
  readonly requests: readonly RecordedRequest[];
  /** Requests for an answer, without model lists and health checks. */
  calls(): readonly RecordedRequest[];
  /** Misbehaves for the next `times` calls (default: until told otherwise); null behaves again. */
  setFault(fault: FaultName | null, times?: number): void;
  setAnswer(answer: NonNullable<FaultServerOptions['answer']>): void;
  /** Answers 429 to every call that comes while this many are open. */
  setCapacity(calls: number): void;
  /** Calls that are neither answered nor closed. */
  openCalls(): number;
  close(): Promise<void>;
}

const wires: Readonly<Record<string, Wire>> = {
  '/api/chat': ollamaWire,
  '/v1/messages': anthropicWire,
  '/v1/chat/completions': openAiWire,
};

/**
 * A server that speaks the protocols of Ollama, Anthropic and OpenAI on loopback, and misbehaves on request. From
 * another process: `POST /__fault {"fault": "status-429", "times": 1}`, `POST /__answer {"text": "…"}`, `GET /__requests`.
 */
export async function startFaultServer(options: FaultServerOptions = {}): Promise<FaultServer> {
  const requests: RecordedRequest[] = [];
  let fault: FaultName | null = null;
  let faultsLeft = Infinity;
  let answer = options.answer ?? (() => ({}));

  const takeFault = (): FaultName | null => {
    if (fault === null || faultsLeft <= 0) return null;
    faultsLeft -= 1;
    return fault;
  };
  let capacity = Infinity;
  const setFault = (next: FaultName | null, times = Infinity) => {
    fault = next;
    faultsLeft = times;
  };
  const control = (request: WireRequest, response: ServerResponse): void => {
    if (request.path === '/__requests') {
      sendJson(response, 200, requests);
      return;
    }
    if (request.path === '/__answer') {
      const text = String(request.body?.['text']);
      answer = () => text;
    } else {
      const name = request.body?.['fault'] ?? null;
      if (name !== null && (typeof name !== 'string' || !isFaultName(name))) {
        sendJson(response, 400, { error: `no such fault: ${JSON.stringify(name)}` });
        return;
      }
      setFault(name, typeof request.body?.['times'] === 'number' ? request.body['times'] : Infinity);
    }
    sendJson(response, 200, { ok: true });
  };

  const calls = () => requests.filter((request) => request.path in wires);
  const openCalls = () => calls().filter((call) => call.closedAtMs === null).length;

  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = await readRequest(incoming);
    if (request.path.startsWith('/__')) {
      control(request, response);
      return;
    }
    const record: RecordedRequest = {
      ...request,
      receivedAtMs: performance.now(),
      closedAtMs: null,
      answered: false,
    };
    requests.push(record);
    response.once('close', () => {
      record.closedAtMs = performance.now();
      record.answered = response.writableFinished;
    });
    const wire = wires[request.path];
    if (!wire) {
      serveSideRoutes(request, response, options.models);
      return;
    }
    const exchange: Exchange = {
      wire,
      request,
      answer: fill(answer(request)),
      frameDelayMs: options.frameDelayMs ?? 0,
    };
    const next = capacity < Infinity && openCalls() > capacity ? 'status-429' : takeFault();
    if (next) return misbehave(next, exchange, response);
    if (options.latencyMs) await new Promise((resolve) => setTimeout(resolve, options.latencyMs));
    await answerWell(exchange, response);
  };

  const server = createServer((incoming, response) => {
    serve(incoming, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    openAiUrl: `${url}/v1`,
    requests,
    calls,
    setFault,
    setAnswer: (next) => (answer = next),
    setCapacity: (next) => (capacity = next),
    openCalls,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function fill(partial: Partial<Answer> | string): Answer {
  const given = typeof partial === 'string' ? { text: partial.match(/\s*\S+/g) ?? [] } : partial;
  return { text: ['Hello', ', wor', 'ld.'], reasoning: [], inputTokens: 11, outputTokens: 4, ...given };
}

async function readRequest(incoming: IncomingMessage): Promise<WireRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  let body: WireRequest['body'] = null;
  try {
    body = JSON.parse(text) as WireRequest['body'];
  } catch {
    // Not every request has a body.
  }
  const path = new URL(incoming.url ?? '/', 'http://server').pathname;
  return { method: incoming.method ?? 'GET', path, headers: incoming.headers, body };
}

/** An address where nothing listens. */
export async function closedPortUrl(): Promise<string> {
  const server = await startFaultServer();
  await server.close();
  return server.url;
}
