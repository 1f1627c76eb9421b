import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readFromWorker, readToWorker } from '../../../../../src/adapters/backends/builtin/workerMessages.ts';

const finish = {
  type: 'finish',
  id: 1,
  finishReason: 'stop',
  rawFinishReason: 'eogToken',
  inputTokens: 3,
  outputTokens: 4,
  loadMs: null,
  modelVersion: 'm',
};
const sampling = {
  maxTokens: 5,
  temperature: 0,
  topP: null,
  topK: null,
  minP: null,
  repeatPenalty: null,
  seed: 1,
  stop: ['a'],
  thinking: null,
  contextTokens: null,
};
const generate = {
  type: 'generate',
  id: 1,
  runtimeFolder: '/r',
  modelPath: '/m',
  messages: [{ role: 'user', content: 'x' }],
  sampling,
  responseFormat: { type: 'text' },
};

test('messages of the protocol pass as they are', () => {
  expect(readFromWorker(finish)).toBe(finish);
  expect(readFromWorker({ type: 'text', id: 0, text: '' })).not.toBeNull();
  expect(readToWorker(generate)).toBe(generate);
  expect(readToWorker({ type: 'cancel', id: 1 })).not.toBeNull();
});

test.each([
  { ...finish, outputTokens: -1 },
  { ...finish, finishReason: 'tired' },
  { type: 'failed', id: 1, code: 'no-such-code', message: '', hint: null },
  { type: 'text', id: '1', text: 'x' },
  { type: 'toString', id: 1 },
  { type: '__proto__', id: 1 },
])('a damaged message from the worker is refused: %j', (message) => {
  expect(readFromWorker(message)).toBeNull();
});

test.each([
  { ...generate, messages: [{ role: 'user' }] },
  { ...generate, sampling: { ...sampling, seed: '1' } },
  { ...generate, responseFormat: null },
])('a damaged message to the worker is refused: %#', (message) => {
  expect(readToWorker(message)).toBeNull();
});

test('nothing that arrives makes the readers throw', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      readFromWorker(value);
      readToWorker(value);
      return readFromWorker({ type: value, id: 1 }) === null || typeof value === 'string';
    }),
  );
});
