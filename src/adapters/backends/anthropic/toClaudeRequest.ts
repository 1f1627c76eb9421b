import type {
  MessageCreateParamsStreaming,
  MessageParam,
  ThinkingConfigParam,
} from '@anthropic-ai/sdk/resources/messages/messages';
import { BackendError } from '../../../core/domain/backendError.ts';
import type { ChatMessage, Effort, ModelParameters, ModelRequest } from '../../../core/domain/chat.ts';
import type { NotApplied } from '../../../core/domain/runEvent.ts';
import { claudeModel } from './claudeModel.ts';

const defaultMaxTokens = 4096;
const smallestBudget = 1024;

export interface ClaudeRequest {
  readonly body: MessageCreateParamsStreaming;
  readonly headers: Readonly<Record<string, string>>;
}

export function toClaudeRequest(request: ModelRequest): ClaudeRequest {
  const { parameters } = request;
  const model = claudeModel(request.model);
  const { system, messages } = splitSystem(request.messages, model.sampling);
  const maxTokens = parameters.maxTokens ?? defaultMaxTokens;
  const thinking = toThinking(request.model, parameters, maxTokens);
  const effort = effortOf(request.model, parameters);
  const format = toFormat(request);
  const sampling = samplingOf(request);
  const body = {
    model: request.model,
    stream: true,
    max_tokens: maxTokens,
    messages,
    ...(system === '' ? {} : { system }),
    ...(parameters.stop === undefined || parameters.stop.length === 0
      ? {}
      : { stop_sequences: [...parameters.stop] }),
    ...(thinking === undefined ? {} : { thinking }),
    ...(effort === undefined && format === undefined ? {} : { output_config: { effort, format } }),
    ...sampling,
    ...parameters.options,
  } as MessageCreateParamsStreaming;
  // Only that version of the API knows the sampling parameters; the models after 4.6 know none.
  const headers = Object.keys(sampling).length > 0 ? { 'anthropic-version': '2023-06-01' } : undefined;
  return { body, headers: headers ?? {} };
}

export function claudeNotApplied(request: ModelRequest): NotApplied[] {
  const { parameters } = request;
  const { temperature, topP, seed, effort, thinking } = parameters;
  const model = claudeModel(request.model);
  const list: NotApplied[] = [];
  const skip = (parameter: NotApplied['parameter'], reason: string) => list.push({ parameter, reason });
  if (!model.sampling) {
    const reason = `${request.model} takes no sampling parameters; its answers vary by themselves.`;
    if (temperature !== undefined) skip('temperature', reason);
    if (topP !== undefined) skip('topP', reason);
  } else if (thinks(request)) {
    const reason = `${request.model} fixes its sampling while it thinks.`;
    if (temperature !== undefined) skip('temperature', reason);
    if (topP !== undefined) skip('topP', reason);
  } else if (temperature !== undefined && topP !== undefined) {
    skip('topP', 'Claude takes temperature or topP, not both.');
  }
  if (seed !== undefined) skip('seed', 'Claude has no seed.');
  if (effort !== undefined && !model.effort) skip('effort', `${request.model} has no effort.`);
  if (thinking === false && model.thinkingOff === null) skip('thinking', `${request.model} always thinks.`);
  return list;
}

function thinks({ model, parameters: { thinking } }: ModelRequest): boolean {
  return thinking === undefined ? claudeModel(model).thinkingOff !== 'omit' : thinking !== false;
}

function samplingOf(request: ModelRequest): Readonly<Record<string, number>> {
  const { temperature, topP } = request.parameters;
  if (!claudeModel(request.model).sampling || thinks(request)) return {};
  if (temperature !== undefined) return { temperature };
  return topP === undefined ? {} : { top_p: topP };
}

function toThinking(
  id: string,
  { thinking }: ModelParameters,
  maxTokens: number,
): ThinkingConfigParam | undefined {
  const { thinkingOff } = claudeModel(id);
  if (thinking === undefined) return undefined;
  if (thinking === false)
    return thinkingOff === null || thinkingOff === 'omit' ? undefined : { type: thinkingOff };
  if (thinkingOff !== 'omit') return { type: 'adaptive', display: 'summarized' };
  const share = { low: 0.25, medium: 0.5, high: 0.75 }[thinking === true ? 'medium' : thinking];
  return { type: 'enabled', budget_tokens: Math.max(smallestBudget, Math.floor(maxTokens * share)) };
}

/** `thinking: low` is an effort on models that decide by themselves how long to think. */
function effortOf(id: string, { effort, thinking }: ModelParameters): Effort | undefined {
  const model = claudeModel(id);
  if (!model.effort) return undefined;
  return effort ?? (typeof thinking === 'string' && model.thinkingOff !== 'omit' ? thinking : undefined);
}

function toFormat({ responseFormat }: ModelRequest) {
  if (responseFormat.type === 'json_object') {
    throw new BackendError('rejected', 'Claude has no `json_object` format.', {
      hint: 'Use `responseFormat: json_schema` with a schema, or ask for JSON in the prompt and keep `text`.',
    });
  }
  return responseFormat.type === 'json_schema'
    ? { type: 'json_schema' as const, schema: responseFormat.schema }
    : undefined;
}

/** Leading system messages are the system prompt; the newer API takes later ones where they stand. */
function splitSystem(
  messages: readonly ChatMessage[],
  allInFront: boolean,
): { system: string; messages: MessageParam[] } {
  const first = messages.findIndex(({ role }) => role !== 'system');
  const leading = first === -1 ? messages.length : first;
  const inFront = messages.filter(({ role }, index) => role === 'system' && (allInFront || index < leading));
  const rest = messages.filter((message) => !inFront.includes(message));
  return {
    system: inFront.map(({ content }) => content).join('\n\n'),
    messages: rest.map(({ role, content }) => ({ role, content })),
  };
}
