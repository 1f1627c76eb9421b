import type { JsonObject, JsonValue } from '../../domain/json.ts';
import { asObject, asTexts, present, type Remainder } from './conversion.ts';

/** Our names of the parameters that other formats call otherwise. */
const parameterNames: Readonly<Record<string, string>> = {
  temperature: 'temperature',
  max_tokens: 'maxTokens',
  max_completion_tokens: 'maxTokens',
  maxTokens: 'maxTokens',
  maxOutputTokens: 'maxTokens',
  top_p: 'topP',
  topP: 'topP',
  seed: 'seed',
  stop: 'stop',
  stopSequences: 'stop',
};
/** Handed to the backend as they are, under the names that servers know. */
const passedOn: Readonly<Record<string, string>> = {
  frequency_penalty: 'frequency_penalty',
  frequencyPenalty: 'frequency_penalty',
  presence_penalty: 'presence_penalty',
  presencePenalty: 'presence_penalty',
  top_k: 'top_k',
  topK: 'top_k',
};

/** `modelParameters` of a prompt file; the rest is kept. `at`: where the options stand in the source. */
export function toModelParameters(options: JsonObject, at: string, remainder: Remainder): JsonObject {
  const parameters: JsonObject = {};
  const extra: JsonObject = {};
  for (const [name, value] of Object.entries(options)) {
    const ours = parameterNames[name];
    const backends = passedOn[name];
    if (ours !== undefined && isUsable(ours, value))
      parameters[ours] ??= ours === 'stop' ? stops(value) : value;
    else if (ours !== undefined)
      remainder.keep(`${at}.${name}`, value, 'has a value that is not possible here; it is kept');
    else if (backends !== undefined) {
      extra[backends] = value;
      remainder.note(
        `${at}.${name}`,
        `\`${name}\` is passed to the backend as it is (\`modelParameters.options\`).`,
      );
    } else remainder.keep(`${at}.${name}`, value);
  }
  const all = { ...parameters, ...(Object.keys(extra).length > 0 && { options: extra }) };
  return Object.keys(all).length === 0 ? {} : { modelParameters: all };
}

const stops = (value: JsonValue): JsonValue => asTexts(value) ?? value;

function isUsable(name: string, value: JsonValue): boolean {
  if (name === 'stop') return asTexts(value) !== null;
  if (typeof value !== 'number') return false;
  if (name === 'temperature') return value >= 0 && value <= 2;
  if (name === 'topP') return value >= 0 && value <= 1;
  return Number.isInteger(value) && (name !== 'maxTokens' || value >= 1);
}

const backendOf: Readonly<Record<string, string>> = {
  openai: 'openai',
  anthropic: 'claude',
  ollama: 'ollama',
};

/** Which backend and model; a provider without a counterpart leaves the model's own name, with a note. */
export function toModel(
  provider: string | undefined,
  id: string | undefined,
  remainder: Remainder,
): JsonObject {
  const backend = provider === undefined ? undefined : backendOf[provider.toLowerCase()];
  if (provider !== undefined && backend === undefined) {
    const which = id === undefined ? '' : ` for \`${id}\``;
    remainder.note(
      'model',
      `There is no backend for the provider \`${provider}\`: choose one at the run, or map it${which} with the setting promptly.modelAliases.`,
    );
  }
  return present({ backend, model: id });
}

/** `responseFormat` and `jsonSchema` from OpenAI's `response_format`. */
export function toResponseFormat(format: JsonValue, at: string, remainder: Remainder): JsonObject {
  const type = asObject(format)?.['type'] ?? format;
  const schema = asObject(asObject(format)?.['json_schema']);
  if (type === 'json_object') return { responseFormat: 'json_object' };
  if (type === 'json_schema' && schema !== null) return { responseFormat: 'json_schema', jsonSchema: schema };
  if (type !== 'text') remainder.keep(at, format);
  return {};
}
