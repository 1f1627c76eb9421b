import { expect, test } from 'vitest';
import { splitModel } from '../../../../src/core/domain/backendId.ts';

test('a backend in front of the slash is split off', () => {
  expect(splitModel('ollama/llama3.2:3b')).toEqual({ backend: 'ollama', model: 'llama3.2:3b' });
});

test('a slash that belongs to the model id stays', () => {
  expect(splitModel('hf.co/bartowski/x')).toEqual({ backend: null, model: 'hf.co/bartowski/x' });
});
