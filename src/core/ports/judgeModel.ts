import type { ChatMessage, ModelParameters, ResponseFormat } from '../domain/chat.ts';
import type { JudgeReply } from '../domain/runEvent.ts';

/** One question to a judge. Equal requests may be answered from a cache. */
export interface JudgeRequest {
  /**
   * As the file writes it, routed like a file's `model` (aliases first) and untouched by the user's choice for the run.
   * null: the judge model of the settings, else the run's own model, with a notice that it judges itself.
   */
  readonly modelId: string | null;
  readonly messages: readonly ChatMessage[];
  readonly parameters: ModelParameters;
  /** Wished for, not required: ask in plain text where the backend has no structured output. */
  readonly responseFormat: ResponseFormat;
  /** The rivals of a cell put the same question: it is asked once for all of them. */
  readonly isSharedByRivals?: true;
}

export type { JudgeReply };

/** A model that judges outputs. */
export interface JudgeModel {
  /** Throws `BackendError` when the judge cannot be asked. */
  ask(request: JudgeRequest, signal: AbortSignal): Promise<JudgeReply>;
}
