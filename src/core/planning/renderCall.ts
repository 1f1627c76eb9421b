import type { ModelParameters, ModelRequest } from '../domain/chat.ts';
import type { JsonValue } from '../domain/json.ts';
import type { CallTemplate } from '../domain/runPlan.ts';
import { composeMessages } from './composeMessages.ts';
import { mergeParameters } from './mergeParameters.ts';

/** The request of a call, its values known and complete. */
export function renderCall(call: CallTemplate, values: Readonly<Record<string, JsonValue>>): ModelRequest {
  return {
    model: call.route.model,
    messages: composeMessages(call.file, values, call.attachments),
    parameters: call.parameters,
    responseFormat: call.file.responseFormat,
    variables: values,
  };
}

export interface ParameterDefaults {
  readonly temperature: number;
  readonly maxTokens: number;
}

/** Later layers win over earlier ones, all over the defaults. `builtIn` is what the settings say when nobody set them. */
export function settleParameters(
  layers: readonly ModelParameters[],
  defaults: ParameterDefaults,
  builtIn: ParameterDefaults,
): Pick<CallTemplate, 'parameters' | 'defaulted'> {
  const asked = mergeParameters(...layers);
  const defaulted = (['temperature', 'maxTokens'] as const).filter(
    (name) => asked[name] === undefined && defaults[name] === builtIn[name],
  );
  return { parameters: mergeParameters(defaults, asked), defaulted };
}
