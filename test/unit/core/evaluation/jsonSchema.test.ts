import { expect, test } from 'vitest';
import type { JsonObject } from '../../../../src/core/domain/json.ts';
import { evaluate, scoreOf, uses } from '../../../support/evaluating.ts';

const person: JsonObject = {
  type: 'object',
  properties: { name: { type: 'string', minLength: 1 }, age: { type: 'integer', minimum: 0 } },
  required: ['name'],
  additionalProperties: false,
};

const cases: [JsonObject, string, number][] = [
  [person, '{"name": "Ada", "age": 36}', 1],
  [person, '{"name": ""}', 0],
  [person, '{"age": 3}', 0],
  [person, '{"name": "Ada", "extra": 1}', 0],
  [person, 'Ada', 0],
  [{ type: 'string', pattern: '^a+$' }, '"aaa"', 1],
  [{ type: 'string', pattern: '^a+$' }, '"aab"', 0],
  [{ pattern: '^a+$' }, '7', 1],
  [{ pattern: 'b', allOf: [{ pattern: 'a' }] }, '"b"', 0],
  [{ properties: { pattern: { type: 'number' } } }, '{"pattern": "x"}', 0],
  [{ patternProperties: { '^x-': { type: 'number' } }, additionalProperties: false }, '{"x-a.b": 1}', 1],
  [{ patternProperties: { '^x-': { type: 'number' } } }, '{"x-a": "1"}', 0],
  [{ patternProperties: { '^x-': { type: 'number' } }, additionalProperties: false }, '{"y": 1}', 0],
  [{ prefixItems: [{ type: 'number' }], items: { type: 'string' } }, '[1, "a"]', 1],
  [{ prefixItems: [{ type: 'number' }], items: { type: 'string' } }, '[1, 2]', 0],
  [{ $defs: { n: { type: 'number' } }, $ref: '#/$defs/n' }, '1', 1],
  [{ $defs: { n: { type: 'number' } }, $ref: '#/$defs/n' }, '"1"', 0],
  [{ required: ['toString'] }, '{}', 0],
  [{ properties: { constructor: { type: 'string' } } }, '{}', 1],
  [{ dependentRequired: { pattern: ['b'] } }, '{"pattern": 1}', 0],
  [{ uniqueItems: true }, '[1, 1]', 0],
  [{ enum: ['a', { b: 1 }] }, '{"b": 1}', 1],
  [{ format: 'date' }, '"2026-02-30"', 0],
  [{ not: { type: 'null' } }, 'null', 0],
  [{ multipleOf: 0.01 }, '-1', 1],
  [{ multipleOf: 0.01 }, '-12.34', 1],
  [{ multipleOf: 0.01 }, '-12.345', 0],
  [{ multipleOf: 0.01 }, '12.34', 1],
  [{ multipleOf: 0.01 }, '0', 1],
  [{ multipleOf: 0.01, allOf: [{ minimum: 1 }] }, '0.5', 0],
  [{ $schema: 'http://json-schema.org/draft-04/schema#', multipleOf: 0.0001 }, '0.0075', 1],
  [{ multipleOf: 0.01 }, '"text"', 1],
  [{ multipleOf: 3, if: { const: -6 }, then: false }, '-6', 0],
  [{ if: { const: 1 }, then: false }, '1', 0],
];
test.each(cases)('%j accepts %s: %d', async (schema, output, score) => {
  expect(await scoreOf(uses('promptly/json-schema', { schema }), output)).toBe(score);
});

test('the schema may be the file’s own, a text, or wrapped with a name', async () => {
  const own = await evaluate([uses('promptly/json-schema')], { output: '{"name": "A"}', jsonSchema: person });
  expect(own.passed).toBe(true);
  const wrapped = JSON.stringify({ name: 'person', strict: true, schema: person });
  expect(await scoreOf(uses('promptly/json-schema', { schema: wrapped }), '{"age": 1}')).toBe(0);
});

test('no schema, a broken one or an unreachable reference is a missing score', async () => {
  expect(await scoreOf('promptly/json-schema', '{}')).toContain('no schema');
  expect(await scoreOf(uses('promptly/json-schema', { schema: '{' }), '{}')).toContain('not valid JSON');
  const far = { schema: { $ref: 'https://example.com/x.json' } };
  expect(await scoreOf(uses('promptly/json-schema', far), '{}')).toContain('cannot be used');
  const lookahead = { schema: { pattern: '(?=a)' } };
  expect(await scoreOf(uses('promptly/json-schema', lookahead), '"a"')).toContain('pattern');
});

test('an output cannot hang the check', async () => {
  const evil = { schema: { type: 'string', pattern: '^(a+)+$' } };
  expect(await scoreOf(uses('promptly/json-schema', evil), JSON.stringify(`${'a'.repeat(100_000)}!`))).toBe(
    0,
  );
  const names = { schema: { patternProperties: { '^(a+)+$': false } } };
  expect(await scoreOf(uses('promptly/json-schema', names), `{"${'a'.repeat(50_000)}!": 1}`)).toBe(1);
  const deep = `${'['.repeat(500_000)}${']'.repeat(500_000)}`;
  expect(await scoreOf(uses('promptly/json-schema', { schema: {} }), deep)).toContain('too deeply');
  const many = JSON.stringify(Array.from({ length: 100_000 }, (_, at) => at));
  expect(await scoreOf(uses('promptly/json-schema', { schema: { uniqueItems: true } }), many)).toContain(
    'unique',
  );
});

test('the reason names the place', async () => {
  const { evaluations } = await evaluate([uses('promptly/json-schema', { schema: person })], {
    output: '{"name": "A", "age": -1}',
  });
  expect(evaluations[0]?.reason).toMatch(/\/age.*-1/);
});
