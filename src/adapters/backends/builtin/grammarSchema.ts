import type { JsonObject, JsonValue } from '../../../core/domain/json.ts';

/**
 * A JSON Schema in the words that node-llama-cpp's grammar generator knows: `oneOf` for `anyOf`, `$defs` for
 * `definitions`. What it does not know and what does not change which texts are allowed is left to it to skip.
 */
export function toGrammarSchema(schema: JsonObject): JsonObject {
  return convertObject(schema);
}

/** Keywords whose values are maps from names to schemas: those names are no keywords. */
const maps = new Set(['properties', '$defs', 'definitions']);
const literals = new Set(['const', 'enum', 'default', 'examples']);

function convertObject(schema: JsonObject): JsonObject {
  const result: JsonObject = {};
  for (const [key, value] of Object.entries(schema)) {
    const name = key === 'anyOf' ? 'oneOf' : key === 'definitions' ? '$defs' : key;
    if (key === '$ref' && typeof value === 'string') {
      result[name] = value.replace(/^#\/definitions\//, '#/$defs/');
    } else if (literals.has(key)) {
      result[name] = value;
    } else if (maps.has(key) && isObject(value)) {
      result[name] = Object.fromEntries(
        Object.entries(value).map(([property, inner]) => [property, convert(inner)]),
      );
    } else {
      result[name] = convert(value);
    }
  }
  return result;
}

function convert(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(convert);
  return isObject(value) ? convertObject(value) : value;
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
