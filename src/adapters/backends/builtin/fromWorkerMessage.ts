import { BackendError } from '../../../core/domain/backendError.ts';
import type { ModelEvent } from '../../../core/ports/modelBackend.ts';
import type { FromWorker } from './workerMessages.ts';

/** Throws for `failed`, and for what cannot be an answer to a generation. */
export function fromWorkerMessage(message: FromWorker): ModelEvent {
  switch (message.type) {
    case 'text':
      return { type: 'text-delta', text: message.text };
    case 'reasoning':
      return { type: 'reasoning-delta', text: message.text };
    case 'notice':
      return { type: 'notice', message: message.message };
    case 'finish':
      return {
        type: 'finish',
        finishReason: message.finishReason,
        rawFinishReason: message.rawFinishReason,
        usage: { inputTokens: message.inputTokens, outputTokens: message.outputTokens, cachedInputTokens: 0 },
        modelVersion: message.modelVersion,
        ...(message.loadMs === null ? {} : { loadMs: message.loadMs }),
      };
    case 'failed':
      throw new BackendError(message.code, message.message, {
        retryable: false,
        ...(message.hint === null ? {} : { hint: message.hint }),
      });
    case 'stopped':
    case 'probed':
      throw new Error(`the worker answered "${message.type}" to a generation`);
  }
}
