import type { JsonObject, JsonValue } from '../../domain/json.ts';
import { asObject, asText, present, without, type Remainder } from './conversion.ts';
import { propertiesOf } from './promptyInputs.ts';

const types: Readonly<Record<string, string>> = {
  string: 'string',
  integer: 'integer',
  int: 'integer',
  number: 'number',
  float: 'number',
  boolean: 'boolean',
  bool: 'boolean',
  array: 'array',
  list: 'array',
  object: 'object',
  dict: 'object',
};

/** `outputs` of a prompty, as the JSON Schema of the answer. */
export function outputsOf(outputs: JsonValue | undefined, remainder: Remainder): JsonObject {
  const properties = propertiesOf(outputs);
  if (properties.length === 0) {
    remainder.keep('outputs', outputs);
    return {};
  }
  return {
    responseFormat: 'json_schema',
    jsonSchema: { name: 'output', schema: objectSchema(properties, 'outputs', remainder) },
  };
}

function objectSchema(
  properties: readonly [string, JsonValue][],
  at: string,
  remainder: Remainder,
): JsonObject {
  const optional = properties
    .filter(([, value]) => asObject(value)?.['required'] === false)
    .map(([name]) => name);
  return {
    type: 'object',
    properties: Object.fromEntries(
      properties.map(([name, value]) => [name, propertySchema(value, `${at}.${name}`, remainder)]),
    ),
    required: properties.map(([name]) => name).filter((name) => !optional.includes(name)),
    additionalProperties: false,
  };
}

function propertySchema(value: JsonValue, at: string, remainder: Remainder): JsonObject {
  const property = asObject(value) ?? { type: value };
  const { kind, type, description, items, properties, enumValues, ...rest } = without(
    property,
    'name',
    'required',
  );
  const word = asText(kind) ?? asText(type) ?? 'string';
  const ours = types[word.toLowerCase()];
  if (ours === undefined) remainder.note(at, `The type \`${word}\` is not known; anything is allowed there.`);
  for (const [key, other] of Object.entries(rest)) remainder.keep(`${at}.${key}`, other);
  if (ours === 'object' && properties !== undefined) {
    return {
      ...objectSchema(propertiesOf(properties), at, remainder),
      ...present({ description: asText(description) }),
    };
  }
  return present({
    type: ours,
    description: asText(description),
    enum: Array.isArray(enumValues) ? enumValues : undefined,
    items: items === undefined ? undefined : propertySchema(items, `${at}.items`, remainder),
  });
}
