import type { ChatCompletionChunk } from 'openai/resources/chat/completions';
import type { FinishReason, Usage } from '../../../core/domain/chat.ts';
import { unknownUsage } from '../../../core/domain/chat.ts';
import type { ModelEvent } from '../../../core/ports/modelBackend.ts';

type Delta = Partial<Record<'content' | 'refusal' | 'reasoning_content' | 'reasoning', unknown>>;

/** Gathers what the chunks say about the answer: the reason comes before the counts, and some servers leave either out. */
export class OpenAiAnswer {
  hadText = false;
  hadThoughts = false;
  finishReason: string | null = null;
  #refused = false;
  #usage: Usage = unknownUsage;
  #model: string | undefined;

  read(chunk: ChatCompletionChunk): ModelEvent[] {
    this.#model = chunk.model || this.#model;
    if (chunk.usage) this.#usage = toUsage(chunk.usage);
    // Any part may be missing: many servers speak this protocol, few all of it.
    const choice = (chunk.choices as Partial<ChatCompletionChunk.Choice>[] | undefined)?.[0];
    if (!choice) return [];
    this.finishReason = choice.finish_reason ?? this.finishReason;
    const delta = (choice.delta ?? {}) as Delta;
    const events: ModelEvent[] = [];
    const thought = delta.reasoning_content ?? delta.reasoning;
    if (typeof thought === 'string' && thought !== '')
      events.push({ type: 'reasoning-delta', text: thought });
    for (const text of [delta.content, delta.refusal]) {
      if (typeof text === 'string' && text !== '') events.push({ type: 'text-delta', text });
    }
    this.#refused ||= typeof delta.refusal === 'string' && delta.refusal !== '';
    this.hadText ||= events.some(({ type }) => type === 'text-delta');
    this.hadThoughts ||= events.some(({ type }) => type === 'reasoning-delta');
    return events;
  }

  outcome(): Extract<ModelEvent, { type: 'finish' }> {
    return {
      type: 'finish',
      finishReason: this.#refused ? 'refusal' : toFinishReason(this.finishReason),
      rawFinishReason: this.finishReason,
      usage: this.#usage,
      ...(this.#model === undefined ? {} : { modelVersion: this.#model }),
    };
  }
}

function toUsage(usage: NonNullable<ChatCompletionChunk['usage']>): Usage {
  const known = usage as Partial<typeof usage>;
  return {
    inputTokens: known.prompt_tokens ?? null,
    outputTokens: known.completion_tokens ?? null,
    cachedInputTokens: known.prompt_tokens_details?.cached_tokens ?? null,
    reasoningTokens: known.completion_tokens_details?.reasoning_tokens ?? null,
  };
}

function toFinishReason(reason: string | null): FinishReason {
  switch (reason) {
    case null:
    case 'stop':
    case 'eos':
      return 'stop';
    case 'length':
    case 'max_tokens':
      return 'length';
    case 'content_filter':
      return 'content-filter';
    case 'tool_calls':
    case 'function_call':
      return 'tool-use';
    default:
      return 'other';
  }
}
