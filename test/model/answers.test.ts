import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { ModelBackend } from '../../src/core/ports/modelBackend.ts';
import { answerOf, ask, openSubject } from './openSubject.ts';

let backend: ModelBackend;
beforeAll(async () => {
  backend = await openSubject();
});
afterAll(() => backend.dispose?.());

const story = 'Write a long story about a lighthouse keeper and the sea.';

test('is healthy', async () => {
  expect((await backend.checkHealth(new AbortController().signal)).status).toBe('ready');
});

test('answers a question, in several deltas, with counts', async () => {
  const answer = await answerOf(backend, ask('What is the capital of France?'));
  expect(answer.text).toContain('Paris');
  expect(answer.deltas).toBeGreaterThan(1);
  expect(answer.finish?.finishReason).toBe('stop');
  expect(answer.finish?.usage.inputTokens).toBeGreaterThan(10);
  expect(answer.finish?.usage.outputTokens).toBeGreaterThan(1);
});

test('the same question at temperature 0, and the same seed above it, give the same answer', async () => {
  const question = ask(story, { parameters: { seed: 7 } });
  expect((await answerOf(backend, question)).text).toBe((await answerOf(backend, question)).text);
  const warm = ask(story, { parameters: { seed: 7, temperature: 1 } });
  const other = ask(story, { parameters: { seed: 8, temperature: 1 } });
  const text = (await answerOf(backend, warm)).text;
  expect((await answerOf(backend, warm)).text).toBe(text);
  expect((await answerOf(backend, other)).text).not.toBe(text);
});

test('maxTokens and stop end the answer', async () => {
  const short = await answerOf(backend, ask(story, { parameters: { maxTokens: 5 } }));
  expect(short.finish).toMatchObject({ finishReason: 'length' });
  expect(short.finish?.usage.outputTokens).toBeLessThanOrEqual(5);
  const whole = await answerOf(backend, ask('What is the capital of France?'));
  const stopped = await answerOf(
    backend,
    ask('What is the capital of France?', { parameters: { stop: ['Paris'] } }),
  );
  expect(whole.text).toContain('Paris');
  expect(stopped.text).not.toContain('Paris');
});

test('a JSON schema is kept to', async () => {
  const schema = {
    type: 'object',
    properties: { name: { type: 'string' }, age: { type: 'integer' } },
    required: ['name', 'age'],
    additionalProperties: false,
  };
  const { text } = await answerOf(
    backend,
    ask('Give the name and age as JSON: Anna is 31 years old.', {
      responseFormat: { type: 'json_schema', name: 'person', schema },
      parameters: { maxTokens: 200 },
    }),
  );
  const parsed = JSON.parse(text) as unknown;
  expect(parsed).toEqual({ name: expect.any(String) as string, age: expect.any(Number) as number });
  expect(parsed).toHaveProperty('name', 'Anna');
});

test('cancel ends the stream within 200 ms, and the model answers again', async () => {
  const controller = new AbortController();
  let abortedAtMs = 0;
  const run = async () => {
    for await (const event of backend.stream(
      ask(story, { parameters: { maxTokens: 2000 } }),
      controller.signal,
    )) {
      if (event.type === 'text-delta' && abortedAtMs === 0) {
        abortedAtMs = performance.now();
        controller.abort();
      }
    }
  };
  await expect(run()).rejects.toThrow();
  expect(performance.now() - abortedAtMs).toBeLessThan(200);
  expect((await answerOf(backend, ask('What is the capital of France?'))).text).toContain('Paris');
});

test('two requests at once are both answered, each with its own text', async () => {
  const [first, second] = await Promise.all([
    answerOf(backend, ask('What is the capital of France?')),
    answerOf(backend, ask('What is the capital of Italy?')),
  ]);
  expect(first.text).toContain('Paris');
  expect(second.text).toContain('Rome');
});

test.runIf(inject('subject').backend === 'builtin').each([{ tokens: 40_000 }])(
  'an input of $tokens words is refused before it is read, with the numbers',
  async ({ tokens }) => {
    await expect(answerOf(backend, ask('word '.repeat(tokens)))).rejects.toMatchObject({
      code: 'context-too-long',
      message: expect.stringMatching(/40,\d\d\d tokens, and the model takes 32,768/) as string,
    });
    await expect(
      answerOf(backend, ask('word '.repeat(600), { parameters: { options: { num_ctx: 512 } } })),
    ).rejects.toMatchObject({ code: 'context-too-long' });
  },
);
