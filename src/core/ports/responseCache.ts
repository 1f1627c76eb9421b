import type { ChatMessage, FinishReason, ModelParameters, ResponseFormat, Usage } from '../domain/chat.ts';
import type { JsonValue } from '../domain/json.ts';

/** Everything an answer depends on; equal keys, in any order of their fields, mean the same answer. Never stored as it is. */
export interface ResponseKey {
  readonly backend: string;
  /** Which server or program; '' where there is only one. */
  readonly address: string;
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  readonly parameters: ModelParameters;
  readonly responseFormat: ResponseFormat;
  /** 0 for the first run of a case. */
  readonly repetition: number;
  /** Only where the backend gets them. */
  readonly variables?: Readonly<Record<string, JsonValue>>;
}

/** A complete answer as it was recorded. */
export interface RecordedResponse {
  readonly text: string;
  readonly reasoning: string;
  readonly finishReason: FinishReason;
  readonly rawFinishReason: string | null;
  readonly usage: Usage;
  readonly modelVersion?: string;
  readonly loadMs?: number;
  /** How long the recorded call took. */
  readonly totalMs: number;
  readonly firstTextMs: number | null;
}

/** Answers by content. Both methods never throw: a cache that fails is a cache that misses, and logs why. */
export interface ResponseCache {
  /** null when there is none, or none that can be read. */
  read(key: ResponseKey): Promise<RecordedResponse | null>;
  /** Whole or not at all, whoever else writes at the same time. */
  write(key: ResponseKey, response: RecordedResponse): Promise<void>;
}
