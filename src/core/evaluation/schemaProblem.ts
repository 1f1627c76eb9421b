import type { JsonObject, JsonValue } from '../domain/json.ts';

const types = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'];
const numbers = [
  ...['minimum', 'maximum', 'multipleOf', 'minLength', 'maxLength', 'minItems', 'maxItems'],
  ...['minProperties', 'maxProperties', 'minContains', 'maxContains'],
];
const lists = ['enum', 'required', 'allOf', 'anyOf', 'oneOf', 'prefixItems'];
const maps = ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'];
/** Keywords that hold a schema, or a list of them. */
const schemas = [
  ...['items', 'additionalItems', 'additionalProperties', 'unevaluatedItems', 'unevaluatedProperties'],
  ...['contains', 'propertyNames', 'not', 'if', 'then', 'else', 'allOf', 'anyOf', 'oneOf', 'prefixItems'],
];

/**
 * What makes a schema no schema, in a sentence; null when nothing does. The validator itself takes a wrong keyword for
 * one that nothing fits, or passes it over: an output would fail or pass for a slip in the schema.
 */
export function schemaProblem(schema: JsonValue, place = '#'): string | null {
  if (typeof schema === 'boolean') return null;
  if (!isObject(schema)) return `The schema cannot be used: at ${place} stands no schema.`;
  return ownProblem(schema, place) ?? innerProblem(schema, place);
}

function ownProblem(schema: JsonObject, place: string): string | null {
  const wrong = (keyword: string, wanted: string): string =>
    `The schema cannot be used: \`${keyword}\` at ${place} must be ${wanted}.`;
  const { type, pattern } = schema;
  const named = Array.isArray(type) ? type : [type ?? 'null'];
  const isKnown = named.every((name) => typeof name === 'string' && types.includes(name));
  if (!isKnown) return wrong('type', `one of ${types.join(', ')}, or a list of them`);
  if (pattern !== undefined && typeof pattern !== 'string') return wrong('pattern', 'text');
  const number = numbers.find((key) => schema[key] !== undefined && typeof schema[key] !== 'number');
  if (number !== undefined) return wrong(number, 'a number');
  const list = lists.find((key) => schema[key] !== undefined && !Array.isArray(schema[key]));
  if (list !== undefined) return wrong(list, 'a list');
  const map = maps.find((key) => schema[key] !== undefined && !isObject(schema[key]));
  return map === undefined ? null : wrong(map, 'a mapping');
}

function innerProblem(schema: JsonObject, place: string): string | null {
  const inner: [string, JsonValue][] = [];
  for (const key of schemas) {
    const value = schema[key];
    if (Array.isArray(value)) value.forEach((item, index) => inner.push([`${key}/${index}`, item]));
    else if (value !== undefined) inner.push([key, value]);
  }
  for (const key of maps) {
    const map = schema[key];
    if (!isObject(map)) continue;
    for (const [name, value] of Object.entries(map)) inner.push([`${key}/${name}`, value]);
  }
  for (const [path, value] of inner) {
    const problem = schemaProblem(value, `${place}/${path}`);
    if (problem !== null) return problem;
  }
  return null;
}

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
