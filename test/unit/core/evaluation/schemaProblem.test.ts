import { expect, test } from 'vitest';
import { schemaProblem } from '../../../../src/core/evaluation/schemaProblem.ts';
import { validateJson } from '../../../../src/core/evaluation/validateJson.ts';
import type { JsonObject } from '../../../../src/core/domain/json.ts';

const broken: readonly [JsonObject, string][] = [
  [{ type: 5 }, '`type` at # must be'],
  [{ type: ['string', 'text'] }, '`type` at # must be'],
  [{ properties: { a: { type: 'nonsense' } } }, '`type` at #/properties/a must be'],
  [{ properties: { a: { minimum: '1' } } }, '`minimum` at #/properties/a must be a number'],
  [{ items: { anyOf: [{}, { required: 'a' }] } }, '`required` at #/items/anyOf/1 must be a list'],
  [{ properties: [] }, '`properties` at # must be a mapping'],
  [{ $defs: { a: { pattern: 1 } } }, '`pattern` at #/$defs/a must be text'],
  [{ not: 'x' }, 'at #/not stands no schema'],
];

test.each(broken)('%j says nothing about an output: it has no score', async (schema, words) => {
  for (const output of [{ a: 1 }, { a: 'x' }, [{}], 'text', null]) {
    const validation = await validateJson(output, schema);
    expect(validation).toMatchObject({ status: 'impossible' });
    expect('reason' in validation && validation.reason).toContain(words);
  }
});

test.each<JsonObject>([
  { type: ['string', 'null'], 'x-note': { type: 5 }, examples: [{ type: 5 }] },
  { properties: { type: { const: { type: 5 } }, minimum: { type: 'number', exclusiveMinimum: true } } },
  { enum: [{ type: 5 }], default: { items: 7 }, dependentRequired: { a: ['b'] }, items: [{}, true] },
])('%j is a schema', (schema) => {
  expect(schemaProblem(schema)).toBeNull();
});
