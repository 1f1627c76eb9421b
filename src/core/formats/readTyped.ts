import type * as z from 'zod/mini';
import type { JsonObject, JsonValue } from '../domain/json.ts';
import { textNodes, verbatimNodes } from './schema/fields.ts';
import type { SchemaNode } from './schema/fields.ts';
import { formOf, optionFor, unwrap } from './schema/schemaShape.ts';

/**
 * A valid value as the schema's type: texts as written in the source, keys without a value and unknown keys left out.
 * `texts` is the tree of source texts beside `value`.
 */
export function readTyped<S extends SchemaNode>(schema: S, value: JsonValue, texts: JsonValue): z.output<S> {
  return read(schema, value, texts) as z.output<S>;
}

function read(schema: SchemaNode, value: JsonValue, texts: JsonValue): unknown {
  const node = unwrap(schema);
  if (textNodes.has(node)) return typeof texts === 'string' ? texts : value;
  const form = formOf(node);
  switch (form.form) {
    case 'mapping': {
      const result: Record<string, unknown> = {};
      for (const [key, child] of Object.entries(form.keys)) {
        const [each, text] = [childOf(value, key), childOf(texts, key)];
        if (each !== undefined && !isLeftOut(child, each, text))
          result[key] = read(child, each, text ?? null);
      }
      return result;
    }
    case 'map':
      return Object.fromEntries(
        Object.keys(isObject(value) ? value : {}).map((key) => [
          key,
          read(form.value, childOf(value, key) ?? null, childOf(texts, key) ?? null),
        ]),
      );
    case 'list':
      return (Array.isArray(value) ? value : []).map((item, index) =>
        read(form.item, item, Array.isArray(texts) ? (texts[index] ?? null) : null),
      );
    case 'either':
      return read(optionFor(form.options, value) ?? node, value, texts);
    case 'value':
      return value;
  }
}

/** A key with nothing after it, or `null` where `null` is no text. */
const isLeftOut = (schema: SchemaNode, value: JsonValue, text: JsonValue | undefined): boolean =>
  value === null && (typeof text !== 'string' || !verbatimNodes.has(unwrap(schema)));

const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const childOf = (value: JsonValue, key: string): JsonValue | undefined =>
  isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
