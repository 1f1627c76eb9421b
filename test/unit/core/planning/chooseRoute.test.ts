import { expect, test } from 'vitest';
import type { RouteLayer, RouteRules } from '../../../../src/core/planning/chooseRoute.ts';
import { chooseRoute, fileLayer } from '../../../../src/core/planning/chooseRoute.ts';

const rules: RouteRules = { defaultBackend: 'auto', modelAliases: { 'gpt-4o': 'ollama/llama3.2:3b' } };
const run = (layer: Omit<RouteLayer, 'who'>): RouteLayer => ({ ...layer, who: 'the choice for this run' });
const step = (layer: Omit<RouteLayer, 'who'>): RouteLayer => ({ ...layer, who: 'step 1' });
const file = (layer: Omit<RouteLayer, 'who'>): RouteLayer => ({ ...layer, who: fileLayer });

const decide = (layers: readonly RouteLayer[], more: Partial<RouteRules> = {}): [string, string | null] => {
  const { backend, model } = chooseRoute(layers, { ...rules, ...more });
  return [backend, model];
};

test('nobody says anything: the default decides', () => {
  expect(decide([file({})])).toEqual(['auto', null]);
  expect(decide([file({})], { defaultBackend: 'claude' })).toEqual(['claude', null]);
});

test('the run beats the step beats the file', () => {
  const layers = [run({}), step({ backend: 'openai', model: 'x' }), file({ backend: 'claude', model: 'y' })];
  expect(decide(layers)).toEqual(['openai', 'x']);
  expect(decide([run({ backend: 'ollama', model: 'z' }), ...layers.slice(1)])).toEqual(['ollama', 'z']);
});

test('a model of another backend is not taken along', () => {
  expect(decide([run({ backend: 'ollama' }), file({ backend: 'claude', model: 'claude-x' })])).toEqual([
    'ollama',
    null,
  ]);
  expect(decide([run({ backend: 'ollama' }), file({ model: 'openai/gpt-5' })])).toEqual(['ollama', null]);
  expect(decide([run({ backend: 'ollama' }), file({ model: 'qwen3' })])).toEqual(['ollama', 'qwen3']);
});

test('an alias beats the file, a choice beats the alias', () => {
  expect(decide([file({ backend: 'openai', model: 'gpt-4o' })])).toEqual(['ollama', 'llama3.2:3b']);
  expect(decide([run({ backend: 'openai', model: 'gpt-4o' })])).toEqual(['openai', 'gpt-4o']);
  expect(decide([run({ model: 'gpt-4o' })])).toEqual(['ollama', 'llama3.2:3b']);
});

test('the prefix of a model names its backend, other slashes are its own', () => {
  expect(decide([file({ model: 'claude/claude-haiku-5-5' })])).toEqual(['claude', 'claude-haiku-5-5']);
  expect(decide([file({ backend: 'ollama', model: 'ollama/qwen3' })])).toEqual(['ollama', 'qwen3']);
  expect(decide([file({ backend: 'ollama', model: 'hf.co/x/y' })])).toEqual(['ollama', 'hf.co/x/y']);
  expect(decide([file({ model: 'meta/llama' })])).toEqual(['auto', 'meta/llama']);
  expect(decide([file({ model: 'custom:mine' })])).toEqual(['custom:mine', null]);
});

test('an alias named like a property of every object is no alias', () => {
  expect(decide([file({ model: 'constructor' })])).toEqual(['auto', 'constructor']);
});

test('says why', () => {
  expect(chooseRoute([file({ model: 'gpt-4o' })], rules).reason).toBe(
    'promptly.modelAliases maps gpt-4o to ollama/llama3.2:3b',
  );
  expect(chooseRoute([file({ backend: 'claude' })], rules).reason).toBe('the file names claude');
  expect(chooseRoute([file({})], { ...rules, defaultBackend: 'openai' }).reason).toBe(
    'promptly.defaultBackend is openai',
  );
});
