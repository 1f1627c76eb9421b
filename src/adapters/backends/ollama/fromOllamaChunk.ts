import type { ChatResponse } from 'ollama/browser';
import type { FinishReason } from '../../../core/domain/chat.ts';
import type { ModelEvent } from '../../../core/ports/modelBackend.ts';

type Finish = Extract<ModelEvent, { type: 'finish' }>;

/** The deltas of one line of the stream; thoughts first, as they came first. */
export function fromOllamaChunk(chunk: ChatResponse): ModelEvent[] {
  // A server of an older version leaves parts out, whatever the types say.
  const message = chunk.message as { content?: string; thinking?: string } | undefined;
  const events: ModelEvent[] = [];
  if (message?.thinking) events.push({ type: 'reasoning-delta', text: message.thinking });
  if (message?.content) events.push({ type: 'text-delta', text: message.content });
  return events;
}

/** The last line as the end of an answer. */
export function toOutcome(chunk: ChatResponse): Finish {
  const loadNanoseconds = count(chunk.load_duration);
  return {
    type: 'finish',
    finishReason: toFinishReason(chunk.done_reason),
    rawFinishReason: chunk.done_reason || null,
    usage: {
      // Missing when the prompt was cached: unknown, not 0.
      inputTokens: count(chunk.prompt_eval_count),
      outputTokens: count(chunk.eval_count),
      cachedInputTokens: null,
    },
    ...(loadNanoseconds === null ? {} : { loadMs: loadNanoseconds / 1e6 }),
  };
}

function toFinishReason(reason: string | undefined): FinishReason {
  if (reason === 'stop' || reason === undefined) return 'stop';
  return reason === 'length' ? 'length' : 'other';
}

function count(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
