import type { JsonObject } from '../../domain/json.ts';
import { splitModel } from '../../domain/backendId.ts';
import { variablesOf } from '../../domain/template.ts';
import { fromHandlebars } from '../templates/fromHandlebars.ts';
import { asObject, asText, present, Remainder, type Conversion, type ForeignDocument } from './conversion.ts';
import { toModel, toModelParameters } from './modelOptions.ts';
import { toMessages } from './messages.ts';
import { toJsonSchema } from './picoschema.ts';
import { fromSchema, noteTypes, toVariables } from './variables.ts';

/**
 * A `.prompt` file of dotprompt → a prompt.
 * Reference: google.github.io/dotprompt/reference (front matter, Picoschema, template content).
 */
export function fromDotprompt({ baseName, header, body, bodyLine }: ForeignDocument): Conversion {
  const remainder = new Remainder();
  const { name, variant, model, config, input, output, description, metadata, ...rest } = header;
  const messages = toMessages(
    fromHandlebars(body, remainder, { firstLine: bodyLine, helpers: true }),
    'user',
    remainder,
  );
  const used = messages.flatMap(({ content }) => variablesOf(content));
  const { version, ...options } = asObject(config) ?? {};
  remainder.keep('variant', variant, 'has no counterpart; it is part of the name and kept');
  remainder.keep('config.version', version);
  for (const [key, value] of Object.entries(rest)) remainder.keep(key, value);
  if (typeof model !== 'string') remainder.keep('model', model);
  const value: JsonObject = {
    name: [asText(name) ?? baseName, name === undefined ? undefined : asText(variant)]
      .filter(Boolean)
      .join('.'),
    ...present({ description: asText(description) }),
    ...(typeof model === 'string' && modelOf(model, remainder)),
    ...toModelParameters(options, 'config', remainder),
    messages: messages.map(({ role, content }) => ({ role, content })),
    ...variablesFrom(asObject(input) ?? {}, used, remainder),
    ...responseFrom(asObject(output) ?? {}, remainder),
  };
  remainder.keepQuietly('metadata', metadata);
  return { value: { ...value, ...remainder.metadata('dotprompt') }, notes: remainder.notes, names: [] };
}

function modelOf(model: string, remainder: Remainder): JsonObject {
  const slash = model.indexOf('/');
  const provider = slash > 0 ? model.slice(0, slash) : undefined;
  if (provider === undefined || splitModel(model).backend !== null) return { model };
  const mapped = toModel(provider, model.slice(slash + 1), remainder);
  return 'backend' in mapped ? mapped : { model };
}

function variablesFrom(input: JsonObject, used: readonly string[], remainder: Remainder): JsonObject {
  const { default: presets, schema, ...rest } = input;
  for (const [key, value] of Object.entries(rest)) remainder.keep(`input.${key}`, value);
  const read = schema === undefined ? {} : toJsonSchema(schema);
  if (read === null) remainder.keep('input.schema', schema, 'names a schema of a program; it is kept');
  const types = Object.entries(asObject(read?.['properties']) ?? {}).map(([name, property]) => {
    const type = asObject(property)?.['type'];
    return [name, asText(Array.isArray(type) ? type[0] : type) ?? 'any'] as const;
  });
  noteTypes(new Map(types), 'input.schema', remainder);
  return toVariables(fromSchema(read ?? {}, asObject(presets) ?? {}), used, remainder);
}

function responseFrom(output: JsonObject, remainder: Remainder): JsonObject {
  const { format, schema, ...rest } = output;
  for (const [key, value] of Object.entries(rest)) remainder.keep(`output.${key}`, value);
  if (format !== undefined && format !== 'json' && format !== 'text') remainder.keep('output.format', format);
  const read = schema === undefined ? null : toJsonSchema(schema);
  if (schema !== undefined && read === null) {
    remainder.keep('output.schema', schema, 'names a schema of a program; it is kept');
  }
  if (format === 'text') {
    if (read !== null) remainder.keep('output.schema', schema);
    return {};
  }
  if (read !== null) return { responseFormat: 'json_schema', jsonSchema: { name: 'output', schema: read } };
  return format === 'json' ? { responseFormat: 'json_object' } : {};
}
