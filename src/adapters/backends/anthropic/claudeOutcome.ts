import type { Message } from '@anthropic-ai/sdk/resources/messages/messages';
import type { FinishReason } from '../../../core/domain/chat.ts';
import type { ModelEvent } from '../../../core/ports/modelBackend.ts';

export function toOutcome(message: Message): Extract<ModelEvent, { type: 'finish' }> {
  // Gateways leave out what they do not know, whatever the types say.
  const usage = message.usage as Partial<Message['usage']>;
  const read = usage.cache_read_input_tokens ?? 0;
  const written = usage.cache_creation_input_tokens ?? 0;
  return {
    type: 'finish',
    finishReason: toFinishReason(message.stop_reason),
    rawFinishReason: message.stop_reason,
    usage: {
      inputTokens: usage.input_tokens === undefined ? null : usage.input_tokens + read + written,
      outputTokens: usage.output_tokens ?? null,
      cachedInputTokens: usage.cache_read_input_tokens ?? null,
      cacheWriteInputTokens: usage.cache_creation_input_tokens ?? null,
      reasoningTokens: usage.output_tokens_details?.thinking_tokens ?? null,
    },
    modelVersion: message.model,
  };
}

/** A line for outcomes that surprise people who look only at the text. */
export function outcomeNotice(message: Message, hadText: boolean): string | null {
  switch (message.stop_reason) {
    case 'refusal': {
      const category = message.stop_details?.category;
      return `Claude declined to answer${category ? ` (${category})` : ''}.`;
    }
    case 'model_context_window_exceeded':
      return 'The answer was cut: the context of the model is full.';
    case 'max_tokens':
      return hadText
        ? null
        : 'All of maxTokens went into thinking, none was left for the answer: raise maxTokens.';
    default:
      return null;
  }
}

function toFinishReason(reason: Message['stop_reason']): FinishReason {
  switch (reason) {
    case 'end_turn':
    case 'stop_sequence':
      return 'stop';
    case 'max_tokens':
    case 'model_context_window_exceeded':
      return 'length';
    case 'refusal':
      return 'refusal';
    case 'tool_use':
      return 'tool-use';
    default:
      return 'other';
  }
}
