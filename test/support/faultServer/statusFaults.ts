import type { FaultName } from './fault.ts';
import type { ErrorKind, Wire, WireRequest } from './wire.ts';

export interface StatusFault {
  readonly status: number;
  readonly kind: ErrorKind;
  readonly headers?: Readonly<Record<string, string>>;
  message(request: WireRequest, wire: Wire): string;
}

const modelOf = (request: WireRequest) => String(request.body?.['model']);
const say = (message: string) => () => message;
const contextMessages: Record<Wire['name'], string> = {
  ollama: 'the input length exceeds the context length',
  anthropic: 'prompt is too long: 1200034 tokens > 1000000 maximum',
  openai:
    "This model's maximum context length is 8192 tokens. However, your messages resulted in 9001 tokens.",
};

/** Faults that are an error status with a body in the server's dialect. */
export const statusFaults: Partial<Record<FaultName, StatusFault>> = {
  'status-400': { status: 400, kind: 'invalid', message: say('top_p must be between 0 and 1') },
  'context-too-long': {
    status: 400,
    kind: 'context',
    message: (_request, wire) => contextMessages[wire.name],
  },
  'status-401': { status: 401, kind: 'key', message: say('invalid api key') },
  'echo-key': {
    status: 401,
    kind: 'key',
    message: (request) =>
      `Incorrect API key provided: ${String(request.headers.authorization ?? request.headers['x-api-key'] ?? 'none')}`,
  },
  'status-402': { status: 402, kind: 'billing', message: say('Your credit balance is too low.') },
  'status-403': {
    status: 403,
    kind: 'forbidden',
    message: say('Your key does not have permission to use this.'),
  },
  'model-not-found': {
    status: 404,
    kind: 'model',
    message: (request) => `model '${modelOf(request)}' not found`,
  },
  'wrong-path': { status: 404, kind: 'path', message: say('404 page not found') },
  'status-405': { status: 405, kind: 'path', message: say('Method Not Allowed') },
  'status-409': { status: 409, kind: 'invalid', message: say('Another request holds the lock') },
  'error-with-200': { status: 200, kind: 'server', message: say('the model behind the gateway is gone') },
  'status-413': { status: 413, kind: 'too-large', message: say('Request exceeds the maximum size') },
  'status-429': { status: 429, kind: 'rate', message: say('Rate limit reached for requests') },
  'status-429-retry-after': {
    status: 429,
    kind: 'rate',
    headers: { 'retry-after': '1' },
    message: say('Rate limit reached for requests'),
  },
  'no-quota': {
    status: 429,
    kind: 'quota',
    message: say('You exceeded your current quota, please check your plan and billing details.'),
  },
  'status-500': { status: 500, kind: 'server', message: say('Internal server error') },
  'status-503': { status: 503, kind: 'overloaded', message: say('server busy, please try again.') },
  'status-529': { status: 529, kind: 'overloaded', message: say('Overloaded') },
};
