import { expect, test } from 'vitest';
import { builtinNotApplied, toSampling } from '../../../../../src/adapters/backends/builtin/toSampling.ts';
import { contextFor } from '../../../../../src/adapters/backends/builtin/generateAnswer.ts';
import { toGrammarSchema } from '../../../../../src/adapters/backends/builtin/grammarSchema.ts';
import type { ModelParameters, ModelRequest } from '../../../../../src/core/domain/chat.ts';

const request = (parameters: ModelParameters): ModelRequest => ({
  model: 'm',
  messages: [],
  parameters,
  responseFormat: { type: 'text' },
  variables: {},
});

test('parameters reach the sampler, options by the names that Ollama uses', () => {
  const sampling = toSampling(
    request({ temperature: 0, topP: 0.5, seed: 3, stop: ['a', ''], options: { num_ctx: 512, top_k: 10 } }),
  );
  expect(sampling).toMatchObject({
    temperature: 0,
    topP: 0.5,
    seed: 3,
    stop: ['a'],
    contextTokens: 512,
    topK: 10,
  });
});

test('what is not taken is said, each with its reason', () => {
  const refused = builtinNotApplied(
    request({ effort: 'high', thinking: 'low', options: { num_gpu: 1, top_k: 'many', min_p: 0.1 } }),
  );
  expect(refused.map(({ parameter }) => parameter)).toEqual([
    'effort',
    'thinking',
    'options.num_gpu',
    'options.top_k',
  ]);
  expect(builtinNotApplied(request({ temperature: 1, thinking: false }))).toEqual([]);
});

test('the context is as large as the request needs, within what the model takes', () => {
  const sampling = toSampling(request({ maxTokens: 100 }));
  expect(contextFor(50, sampling, 32_768)).toBe(4096);
  expect(contextFor(9000, sampling, 32_768)).toBe(9216);
  expect(contextFor(50, sampling, 2048)).toBe(2048);
  expect(() => contextFor(2040, sampling, 2048)).toThrow(
    'The prompt has 2,040 tokens, and the model takes 2,048',
  );
});

test('a schema is put in the words of the grammar generator; names of properties stay', () => {
  const schema = {
    type: 'object',
    properties: { anyOf: { anyOf: [{ type: 'string' }, { $ref: '#/definitions/x' }] } },
    definitions: { x: { enum: ['anyOf'] } },
  };
  expect(toGrammarSchema(schema)).toEqual({
    type: 'object',
    properties: { anyOf: { oneOf: [{ type: 'string' }, { $ref: '#/$defs/x' }] } },
    $defs: { x: { enum: ['anyOf'] } },
  });
});
