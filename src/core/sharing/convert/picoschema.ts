import type { JsonObject, JsonValue } from '../../domain/json.ts';
import { asObject, asText } from './conversion.ts';

const scalars = new Set(['any', 'boolean', 'integer', 'null', 'number', 'string']);

/**
 * Picoschema → JSON Schema; a JSON Schema stays what it is. null: the text names a schema that a program registers.
 * Reference: google.github.io/dotprompt, "Picoschema".
 */
export function toJsonSchema(schema: JsonValue): JsonObject | null {
  const object = asObject(schema);
  if (object !== null) {
    const type = asText(object['type']);
    if (type !== undefined && (scalars.has(type) || type === 'object' || type === 'array')) return object;
    if (asObject(object['properties']) !== null) return { ...object, type: 'object' };
    return toObjectSchema(object);
  }
  return typeof schema === 'string' ? toScalarSchema(schema) : null;
}

function toScalarSchema(text: string): JsonObject | null {
  const [, type = '', description] = /^\s*([^,]*?)\s*(?:,\s*(.*))?$/s.exec(text) ?? [];
  if (!scalars.has(type)) return null;
  return { ...(type !== 'any' && { type }), ...describe(description) };
}

function toObjectSchema(object: JsonObject): JsonObject | null {
  const properties: JsonObject = {};
  const required: string[] = [];
  let additionalProperties: JsonValue = false;
  for (const [key, value] of Object.entries(object)) {
    if (key === '(*)') {
      additionalProperties = toJsonSchema(value) ?? true;
      continue;
    }
    const [, name = key, optional, form, description] =
      /^(.*?)(\?)?(?:\(\s*(\w+)\s*(?:,\s*(.*?))?\s*\))?$/s.exec(key) ?? [];
    const property = toProperty(form, value);
    if (property === null) return null;
    properties[name] = { ...withNull(property, optional === '?'), ...describe(description) };
    if (optional === undefined) required.push(name);
  }
  return {
    type: 'object',
    properties,
    ...(required.length > 0 && { required }),
    additionalProperties,
  };
}

function toProperty(form: string | undefined, value: JsonValue): JsonObject | null {
  if (form === undefined || form === 'object') return toJsonSchema(value);
  if (form === 'enum') return Array.isArray(value) ? { enum: value } : null;
  if (form !== 'array') return null;
  const items = toJsonSchema(value);
  return items === null ? null : { type: 'array', items };
}

/** What may be left out may also be null. */
function withNull(schema: JsonObject, optional: boolean): JsonObject {
  if (!optional) return schema;
  if (Array.isArray(schema['enum']) && !schema['enum'].includes(null)) {
    return { ...schema, enum: [...schema['enum'], null] };
  }
  return typeof schema['type'] === 'string' ? { ...schema, type: [schema['type'], 'null'] } : schema;
}

const describe = (description: string | undefined): JsonObject =>
  description === undefined || description === '' ? {} : { description };
