import type { JsonObject, JsonValue } from '../../domain/json.ts';
import type { PromptKind } from '../../domain/promptFile.ts';
import { laterRules, meanings, suggestions, textNodes, verbatimNodes } from './fields.ts';
import type { SchemaNode } from './fields.ts';
import { schemaOf } from './fileSchemas.ts';
import { formOf, isNullable, unwrap } from './schemaShape.ts';
import { rangeOf } from './rangeOf.ts';

const kindTitles: Record<PromptKind, string> = {
  prompt: 'A prompt',
  skill: 'A skill',
  chain: 'A chain of prompts',
  abtest: 'An A/B test',
};

/** The JSON Schema (draft 7, what YAML editors read) of prompt files: `kind` decides which part of it counts. */
export function toJsonSchema(): JsonObject {
  const kinds = Object.keys(schemaOf) as PromptKind[];
  const definitions = Object.fromEntries(
    kinds.map((kind) => [kind, { title: kindTitles[kind], ...describe(schemaOf[kind]) }]),
  );
  const named = kinds.filter((kind) => kind !== 'prompt');
  const otherwise: JsonObject = { $ref: '#/definitions/prompt' };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Promptly prompt file',
    type: 'object',
    properties: {
      kind: { enum: [...kinds, null], description: meanings.get(schemaOf.prompt.shape.kind) ?? '' },
    },
    ...named.reduceRight<JsonObject>(
      (rest, kind) => ({
        if: { required: ['kind'], properties: { kind: { const: kind } } },
        then: { $ref: `#/definitions/${kind}` },
        else: rest,
      }),
      otherwise,
    ),
    definitions,
  };
}

function describe(node: SchemaNode): JsonObject {
  const inner = unwrap(node);
  const description = meanings.get(node) ?? meanings.get(inner);
  const shape = { ...shapeOf(node), ...laterRules.get(inner) };
  const mayBeNull = isNullable(node) || verbatimNodes.has(inner);
  return { ...(mayBeNull ? orNull(shape) : shape), ...(description !== undefined && { description }) };
}

/** A key with nothing after it is `null` to JSON Schema. */
function orNull(shape: JsonObject): JsonObject {
  const { type, enum: values, anyOf } = shape;
  if (type !== undefined) return { ...shape, type: [...(Array.isArray(type) ? type : [type]), 'null'] };
  if (Array.isArray(values)) return { ...shape, enum: [...values, null] };
  return Array.isArray(anyOf) ? { ...shape, anyOf: [...anyOf, { type: 'null' }] } : shape;
}

function shapeOf(wrapped: SchemaNode): JsonObject {
  const node = unwrap(wrapped);
  if (textNodes.has(node)) {
    const examples = suggestions.get(node);
    return {
      type: ['string', 'number', 'boolean'],
      ...(examples !== undefined && { examples: [...examples] }),
    };
  }
  const form = formOf(node);
  switch (form.form) {
    case 'mapping': {
      const properties = Object.entries(form.keys).map(([key, child]): [string, JsonValue] => [
        key,
        describe(child),
      ]);
      const required = [...form.required];
      return {
        type: 'object',
        properties: Object.fromEntries(properties),
        ...(required.length > 0 && { required }),
        additionalProperties: true,
      };
    }
    case 'map':
      return { type: 'object', additionalProperties: describe(form.value) };
    case 'list':
      return { type: 'array', items: describe(form.item) };
    case 'either':
      return { anyOf: form.options.map(describe) };
    case 'value':
      return form.values.length > 0 ? { enum: [...form.values] } : rangeOf(node);
  }
}
