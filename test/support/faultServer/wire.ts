import type { IncomingHttpHeaders } from 'node:http';

export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Parsed JSON; null when there was none. */
  readonly body: Readonly<Record<string, unknown>> | null;
}

/** What a well-behaved server would say. */
export interface Answer {
  readonly text: readonly string[];
  readonly reasoning: readonly string[];
  readonly inputTokens: number | null;
  readonly outputTokens: number;
  /** The server's own word for why it stopped. */
  readonly stopReason?: string;
}

/** One protocol: how it frames a stream, reports an error, and what else it serves. */
export interface Wire {
  readonly name: 'ollama' | 'anthropic' | 'openai';
  readonly streamType: string;
  /** The stream's frames in three parts, so that faults know where the text is. */
  frames(request: WireRequest, answer: Answer): { head: string[]; text: string[]; tail: string[] };
  whole(request: WireRequest, answer: Answer): unknown;
  errorBody(kind: ErrorKind, message: string): unknown;
  errorFrame(kind: ErrorKind, message: string): string;
  brokenFrame: string;
}

export type ErrorKind =
  | 'invalid'
  | 'context'
  | 'key'
  | 'billing'
  | 'forbidden'
  | 'model'
  | 'path'
  | 'too-large'
  | 'rate'
  | 'quota'
  | 'server'
  | 'overloaded';

export const sse = (data: unknown, event?: string): string =>
  `${event === undefined ? '' : `event: ${event}\n`}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;
