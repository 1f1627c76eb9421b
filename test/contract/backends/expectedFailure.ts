import type { FailureCode } from '../../../src/core/domain/failure.ts';
import type { FaultName } from '../../support/faultServer/fault.ts';
import type { Subject } from './subject.ts';

export type ScenarioName = FaultName | 'connection-refused' | 'unknown-host' | 'no-tls';

/** What a fault becomes. `text`: what must have been passed on before it. */
export interface Expected {
  /** As a reader of docs/failures.md understands it. */
  readonly what: string;
  /** A failure; `answer`: no failure; `wait`: nothing happens until somebody aborts. */
  readonly code: FailureCode | 'answer' | 'wait';
  readonly text: 'none' | 'some' | 'all';
  readonly retryable?: boolean;
  readonly retryAfterMs?: number;
  readonly except?: Partial<Record<Subject['name'], Partial<Expected>>>;
}

export const expectations: Readonly<Record<ScenarioName, Expected>> = {
  'connection-refused': {
    what: 'Nothing listens at the address',
    code: 'backend-not-running',
    text: 'none',
  },
  'unknown-host': { what: 'The host name does not exist', code: 'unreachable', text: 'none' },
  'no-tls': { what: 'https:// to a server that speaks http://', code: 'unreachable', text: 'none' },
  'hang-before-headers': { what: 'Accepts the call and never answers', code: 'wait', text: 'none' },
  'hang-before-text': { what: 'Starts an answer, then silence before any text', code: 'wait', text: 'none' },
  'hang-midway': { what: 'Falls silent in the middle of the answer', code: 'wait', text: 'some' },
  'close-before-headers': {
    what: 'Closes the connection instead of answering',
    code: 'unreachable',
    text: 'none',
  },
  'cut-before-text': { what: 'Connection cut before any text', code: 'bad-response', text: 'none' },
  'cut-midway': { what: 'Connection closed in the middle of the answer', code: 'interrupted', text: 'some' },
  'reset-midway': { what: 'Connection reset in the middle of the answer', code: 'interrupted', text: 'some' },
  'end-midway': {
    what: 'Answer ends properly, but without its end marker',
    code: 'interrupted',
    text: 'some',
  },
  'broken-line': { what: 'A line of the stream is not JSON', code: 'bad-response', text: 'some' },
  'error-at-start': { what: 'Error event before any text', code: 'bad-response', text: 'none' },
  'error-midway': { what: 'Error event in the middle of the answer', code: 'interrupted', text: 'some' },
  'overloaded-midway': {
    what: 'Overloaded event in the middle of the answer',
    code: 'rate-limited',
    text: 'some',
  },
  'empty-answer': { what: 'Complete answer without any text or token', code: 'bad-response', text: 'none' },
  'html-page': {
    what: 'A web page with status 200 (proxy login, wrong address)',
    code: 'bad-response',
    text: 'none',
    retryable: false,
  },
  'error-with-200': {
    what: 'An error with status 200 (some gateways)',
    code: 'bad-response',
    text: 'none',
  },
  'not-http': { what: 'Another protocol answers', code: 'bad-response', text: 'none' },
  redirect: {
    what: 'Redirects elsewhere (never followed)',
    code: 'bad-response',
    text: 'none',
    retryable: false,
  },
  'status-400': { what: '400, a parameter is wrong', code: 'rejected', text: 'none' },
  'context-too-long': {
    what: '400, the prompt does not fit the context',
    code: 'context-too-long',
    text: 'none',
  },
  'status-401': { what: '401', code: 'unauthorized', text: 'none' },
  'echo-key': { what: '401 that repeats the key in its message', code: 'unauthorized', text: 'none' },
  'status-402': { what: '402, no credit left', code: 'unauthorized', text: 'none' },
  'status-403': { what: '403', code: 'unauthorized', text: 'none' },
  'model-not-found': { what: '404, no such model', code: 'model-not-found', text: 'none' },
  'wrong-path': {
    what: '404, no such path',
    code: 'bad-response',
    text: 'none',
    retryable: false,
    except: {},
  },
  'status-405': {
    what: '405, the path takes no questions',
    code: 'bad-response',
    text: 'none',
    retryable: false,
  },
  'status-409': { what: '409, something else has it locked', code: 'bad-response', text: 'none' },
  'status-413': { what: '413, the request is too large', code: 'context-too-long', text: 'none' },
  'status-429': { what: '429', code: 'rate-limited', text: 'none' },
  'status-429-retry-after': {
    what: '429 with Retry-After',
    code: 'rate-limited',
    text: 'none',
    retryAfterMs: 1000,
  },
  'no-quota': { what: '429, the account’s quota is used up', code: 'unauthorized', text: 'none' },
  'status-500': { what: '500', code: 'bad-response', text: 'none' },
  'status-503': { what: '503, busy', code: 'rate-limited', text: 'none' },
  'status-529': { what: '529, overloaded', code: 'rate-limited', text: 'none' },
  'slow-drip': { what: 'Answers slowly', code: 'answer', text: 'all' },
  'huge-output': { what: 'Answers with 5 MB', code: 'answer', text: 'all' },
  'split-characters': {
    what: 'Sends byte by byte, through the middle of characters',
    code: 'answer',
    text: 'all',
  },
  compressed: { what: 'Compresses without being asked', code: 'answer', text: 'all' },
  'held-open': { what: 'Leaves the connection open after the end', code: 'answer', text: 'all' },
};

export function expectedFor(scenario: ScenarioName, subject: Subject['name']): Expected {
  const expected = expectations[scenario];
  return { ...expected, ...expected.except?.[subject] };
}
