import type { Message, RawMessageStreamEvent } from '@anthropic-ai/sdk/resources/messages/messages';
import type { ModelEvent } from '../../../core/ports/modelBackend.ts';

type Delta = Extract<RawMessageStreamEvent, { type: 'content_block_delta' }>['delta'];
type Change = Extract<RawMessageStreamEvent, { type: 'message_delta' }>;

/** Gathers what the events say about the answer as a whole. */
export class ClaudeAnswer {
  hadText = false;
  hadThoughts = false;
  #message: Message | null = null;
  #ended = false;

  /** The message without its content; null for an answer that has not come to its end. */
  get message(): Message | null {
    return this.#ended ? this.#message : null;
  }

  read(event: RawMessageStreamEvent): ModelEvent | null {
    switch (event.type) {
      case 'message_start':
        this.#message = event.message;
        return null;
      case 'message_delta':
        if (this.#message !== null) this.#message = changed(this.#message, event);
        return null;
      case 'message_stop':
        this.#ended = true;
        return null;
      case 'content_block_delta':
        return this.#readDelta(event.delta);
      default:
        return null;
    }
  }

  /** Blocks are told apart by type, never by place: thoughts may come first, between, or not at all. */
  #readDelta(delta: Delta): ModelEvent | null {
    if (delta.type === 'text_delta') {
      this.hadText = true;
      return { type: 'text-delta', text: delta.text };
    }
    if (delta.type !== 'thinking_delta') return null;
    this.hadThoughts = true;
    return { type: 'reasoning-delta', text: delta.thinking };
  }
}

/** Counts are of the whole message and left out where they do not apply: a later one replaces, none keeps. */
function changed(message: Message, { delta, usage }: Change): Message {
  const counted = Object.entries(usage).filter(([, count]) => count !== null);
  return {
    ...message,
    stop_reason: delta.stop_reason,
    stop_details: delta.stop_details,
    usage: { ...message.usage, ...Object.fromEntries(counted) },
  };
}
