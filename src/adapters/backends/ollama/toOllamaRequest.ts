import type { ChatRequest } from 'ollama/browser';
import type { ModelRequest, ResponseFormat } from '../../../core/domain/chat.ts';
import type { NotApplied } from '../../../core/domain/runEvent.ts';
import { chooseContextTokens } from './contextWindow.ts';

export function toOllamaRequest(request: ModelRequest, keepAlive: string): ChatRequest & { stream: true } {
  const { temperature, maxTokens, topP, seed, stop, thinking, options } = request.parameters;
  const { keep_alive: fileKeepAlive, ...ownOptions } = options ?? {};
  const keep = keepAliveOf(fileKeepAlive ?? keepAlive);
  const format = toFormat(request.responseFormat);
  return {
    model: request.model,
    messages: request.messages.map(({ role, content }) => ({ role, content })),
    stream: true,
    options: {
      ...(temperature === undefined ? {} : { temperature }),
      ...(maxTokens === undefined ? {} : { num_predict: maxTokens }),
      ...(topP === undefined ? {} : { top_p: topP }),
      ...(seed === undefined ? {} : { seed }),
      ...(stop === undefined ? {} : { stop: [...stop] }),
      num_ctx: chooseContextTokens(request),
      ...ownOptions,
    },
    ...(format === undefined ? {} : { format }),
    ...(thinking === undefined ? {} : { think: thinking }),
    ...(keep === undefined ? {} : { keep_alive: keep }),
  };
}

export function ollamaNotApplied(request: ModelRequest): NotApplied[] {
  return request.parameters.effort === undefined
    ? []
    : [
        {
          parameter: 'effort',
          reason: 'Ollama has no effort; `thinking: low`, `medium` or `high` is its nearest.',
        },
      ];
}

function toFormat(format: ResponseFormat): string | object | undefined {
  if (format.type === 'json_object') return 'json';
  return format.type === 'json_schema' ? format.schema : undefined;
}

/** A number of seconds, or a duration such as "5m"; the server reads the string "300" as an error. */
function keepAliveOf(value: unknown): string | number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  return /^-?\d+$/.test(value.trim()) ? Number(value) : value.trim();
}
