import type { JsonObject, JsonValue } from './json.ts';

export type Role = 'system' | 'user' | 'assistant';

export interface ChatMessage {
  readonly role: Role;
  readonly content: string;
}

export type Effort = 'low' | 'medium' | 'high' | 'xhigh' | 'max';

/** What a prompt file may ask of a model. A backend that does not take one reports it as not applied, never silently drops it. */
export interface ModelParameters {
  /** 0..2 */
  readonly temperature?: number;
  /** > 0 */
  readonly maxTokens?: number;
  /** 0..1 */
  readonly topP?: number;
  readonly seed?: number;
  readonly stop?: readonly string[];
  readonly effort?: Effort;
  readonly thinking?: boolean | 'low' | 'medium' | 'high';
  /** Passed to the backend as it is, e.g. Ollama's `num_ctx`. */
  readonly options?: JsonObject;
}

export type ResponseFormat =
  | { readonly type: 'text' }
  | { readonly type: 'json_object' }
  | {
      readonly type: 'json_schema';
      readonly name: string;
      readonly schema: JsonObject;
      readonly strict?: boolean;
    };

/** One call to a model: templates rendered, variables in place. */
export interface ModelRequest {
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  readonly parameters: ModelParameters;
  readonly responseFormat: ResponseFormat;
  /** The values the messages were rendered from; custom executors receive them. */
  readonly variables: Readonly<Record<string, JsonValue>>;
}

/** Counts as the backend reported them; `null` where it did not, never 0 for unknown. */
export interface Usage {
  /** All input tokens, cached ones included. */
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly cachedInputTokens: number | null;
  readonly cacheWriteInputTokens?: number | null;
  readonly reasoningTokens?: number | null;
}

export const unknownUsage: Usage = { inputTokens: null, outputTokens: null, cachedInputTokens: null };

/** Why the model stopped: ours, and the backend's own word beside it. */
export type FinishReason = 'stop' | 'length' | 'content-filter' | 'refusal' | 'tool-use' | 'other';
