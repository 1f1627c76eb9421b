import type { ChatCompletionCreateParamsStreaming } from 'openai/resources/chat/completions';
import type { ModelRequest, ResponseFormat } from '../../../core/domain/chat.ts';
import { isReasoningModel } from '../../../core/domain/modelTakes.ts';
import type { NotApplied } from '../../../core/domain/runEvent.ts';

export function toOpenAiRequest(
  request: ModelRequest,
  ownHost: boolean,
): ChatCompletionCreateParamsStreaming {
  const { temperature, maxTokens, topP, seed, stop, options } = request.parameters;
  const reasons = isReasoningModel(request.model);
  const sampling = reasons
    ? {}
    : {
        ...(temperature === undefined ? {} : { temperature }),
        ...(topP === undefined ? {} : { top_p: topP }),
        ...(stop === undefined || stop.length === 0 ? {} : { stop: [...stop] }),
      };
  // Other servers often know only the older name.
  const limit = ownHost || reasons ? 'max_completion_tokens' : 'max_tokens';
  const effort = effortOf(request, ownHost);
  const format = toFormat(request.responseFormat);
  const body: Record<string, unknown> = {
    model: request.model,
    messages: request.messages.map(({ role, content }) => ({ role, content })),
    stream: true,
    stream_options: { include_usage: true },
    ...sampling,
    ...(maxTokens === undefined ? {} : { [limit]: maxTokens }),
    ...(seed === undefined ? {} : { seed }),
    ...(effort === undefined ? {} : { reasoning_effort: effort }),
    ...(format === undefined ? {} : { response_format: format }),
    ...options,
  };
  return body as unknown as ChatCompletionCreateParamsStreaming;
}

export function openAiNotApplied(request: ModelRequest, ownHost: boolean): NotApplied[] {
  const { temperature, topP, stop, effort, thinking } = request.parameters;
  const list: NotApplied[] = [];
  if (isReasoningModel(request.model)) {
    const reason = `${request.model} thinks before it answers and takes no such parameter.`;
    if (temperature !== undefined) list.push({ parameter: 'temperature', reason });
    if (topP !== undefined) list.push({ parameter: 'topP', reason });
    if (stop !== undefined && stop.length > 0) list.push({ parameter: 'stop', reason });
  }
  const effortSent = effortOf(request, ownHost) !== undefined;
  if (effort !== undefined && !effortSent)
    list.push({ parameter: 'effort', reason: `${request.model} has no effort.` });
  if (typeof thinking === 'boolean' || (thinking !== undefined && (!effortSent || effort !== undefined))) {
    const reason =
      'OpenAI’s protocol has no switch for it: use `effort`, or the server’s own under `options`.';
    list.push({ parameter: 'thinking', reason });
  }
  return list;
}

/** Only OpenAI's own host refuses it for models without; elsewhere the server knows. */
function effortOf({ model, parameters }: ModelRequest, ownHost: boolean): string | undefined {
  if (ownHost && !isReasoningModel(model)) return undefined;
  return parameters.effort ?? (typeof parameters.thinking === 'string' ? parameters.thinking : undefined);
}

function toFormat(format: ResponseFormat) {
  if (format.type === 'text') return undefined;
  if (format.type === 'json_object') return { type: 'json_object' as const };
  const { name, schema, strict } = format;
  return {
    type: 'json_schema' as const,
    json_schema: { name, schema, ...(strict === undefined ? {} : { strict }) },
  };
}
