import type { JsonObject, JsonValue } from '../../domain/json.ts';
import { asObject, asText, type Remainder } from './conversion.ts';
import { toModel, toModelParameters, toResponseFormat } from './modelOptions.ts';

/** Never copied: who has the file has the key. */
const secret = /key|secret|token|password|credential/i;

/** `model` of a prompty: its id, or what version 1 says under `configuration` and `parameters`. */
export function modelOf(model: JsonValue | undefined, remainder: Remainder): JsonObject {
  if (model === undefined || model === null) return {};
  if (typeof model === 'string') return toModel(undefined, model, remainder);
  const { id, provider, api, apiType, configuration, connection, parameters, options, response, ...rest } =
    asObject(model) ?? {};
  const settings = asObject(configuration) ?? asObject(connection) ?? {};
  const { type, azure_deployment, name, model: inner, ...otherSettings } = settings;
  const { response_format, additionalProperties, ...known } = asObject(parameters) ?? asObject(options) ?? {};
  const kind = asText(api) ?? asText(apiType);
  if (kind !== undefined && kind !== 'chat') {
    remainder.keep('model.api', kind, 'is no chat, and only chats are run here; it is kept');
  }
  if (response !== undefined && response !== 'first') remainder.keep('model.response', response);
  for (const [key, value] of Object.entries(rest)) remainder.keep(`model.${key}`, value);
  keepConnection(otherSettings, configuration === undefined ? 'connection' : 'configuration', remainder);
  const modelId = asText(id) ?? asText(azure_deployment) ?? asText(inner) ?? asText(name);
  return {
    ...toModel(asText(provider) ?? asText(type), withoutEnvironment(modelId, remainder), remainder),
    ...toModelParameters({ ...known, ...asObject(additionalProperties) }, 'model.parameters', remainder),
    ...(response_format !== undefined &&
      toResponseFormat(response_format, 'model.parameters.response_format', remainder)),
  };
}

function keepConnection(settings: JsonObject, at: string, remainder: Remainder): void {
  for (const [key, value] of Object.entries(settings)) {
    if (secret.test(key)) {
      remainder.note(
        `model.${at}.${key}`,
        'A key is not copied. Store it with "Promptly: Set API Key" or in the environment.',
      );
    } else
      remainder.keep(
        `model.${at}.${key}`,
        value,
        'belongs to the connection, which the settings hold here; it is kept',
      );
  }
}

/** `${env:NAME}` and `${env:NAME:default}` are not read here. */
function withoutEnvironment(id: string | undefined, remainder: Remainder): string | undefined {
  const [, name, preset] = /^\$\{env:([^:}]+)(?::([^}]*))?\}$/.exec(id ?? '') ?? [];
  if (name === undefined) return id;
  remainder.note(
    'model',
    `The model comes from the environment variable ${name}, which is not read here; choose one.`,
  );
  return preset === '' ? undefined : preset;
}
