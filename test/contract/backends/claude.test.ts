import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createAnthropicBackend } from '../../../src/adapters/backends/anthropic/anthropicBackend.ts';
import type { ModelRequest } from '../../../src/core/domain/chat.ts';
import { startFaultServer, type FaultServer } from '../../support/faultServer/startFaultServer.ts';
import { collect, plantedKey, requestFor, subjects } from './subject.ts';

const subject = subjects.find(({ name }) => name === 'claude')!;
const open = new AbortController().signal;
let server: FaultServer;
beforeAll(async () => {
  server = await startFaultServer();
});
afterAll(() => server.close());
afterEach(() => {
  server.setAnswer(() => ({}));
  for (const name of ['ANTHROPIC_CUSTOM_HEADERS', 'ANTHROPIC_BASE_URL', 'ANTHROPIC_API_KEY'])
    Reflect.deleteProperty(process.env, name);
});

async function sent(changes: Partial<ModelRequest>) {
  const request = requestFor(subject, changes);
  const backend = subject.create(server);
  const { error } = await collect(backend.stream(request, open));
  expect(error).toBeUndefined();
  const call = server.calls().at(-1)!;
  return {
    body: call.body,
    headers: call.headers,
    notApplied: backend.notApplied(request).map(({ parameter }) => parameter),
  };
}

describe('claude', () => {
  it('leaves out what the models of today do not take, and says so', async () => {
    const { body, headers, notApplied } = await sent({
      parameters: { temperature: 0.7, topP: 0.9, seed: 1, maxTokens: 100, effort: 'low', stop: ['END'] },
    });
    expect(body).toEqual({
      model: 'claude-sonnet-5-5',
      max_tokens: 100,
      messages: [{ role: 'user', content: expect.any(String) as string }],
      system: 'You are terse.',
      stop_sequences: ['END'],
      output_config: { effort: 'low' },
      stream: true,
    });
    expect(headers['anthropic-version']).toBe('2026-10-21');
    expect(notApplied).toEqual(['temperature', 'topP', 'seed']);
  });

  it('sends a temperature to the models that take one, on the version of the API that knows it', async () => {
    const { body, headers, notApplied } = await sent({
      model: 'claude-haiku-4-5',
      parameters: { temperature: 0.7, topP: 0.5 },
    });
    expect(body).toMatchObject({ temperature: 0.7, max_tokens: 4096 });
    expect(body).not.toHaveProperty('top_p');
    expect(headers['anthropic-version']).toBe('2023-06-01');
    expect(notApplied).toEqual(['topP']);
  });

  it.each([
    ['claude-sonnet-5-5', false, { type: 'between_tools' }, []],
    ['claude-haiku-5-5', false, { type: 'disabled' }, []],
    ['claude-opus-5-5', false, undefined, ['thinking']],
    ['claude-opus-5-5', true, { type: 'adaptive', display: 'summarized' }, []],
    ['claude-haiku-4-5', true, { type: 'enabled', budget_tokens: 2048 }, []],
    ['claude-haiku-4-5', false, undefined, []],
  ])('%s with thinking: %s', async (model, thinking, expected, skipped) => {
    const { body, notApplied } = await sent({ model, parameters: { thinking } });
    expect(body?.['thinking']).toEqual(expected);
    expect(notApplied).toEqual(skipped);
  });

  it('asks for structured output by schema and refuses what Claude has not', async () => {
    const schema = { type: 'object', properties: {} };
    const { body } = await sent({ responseFormat: { type: 'json_schema', name: 'x', schema } });
    expect(body?.['output_config']).toEqual({ format: { type: 'json_schema', schema } });
    const request = requestFor(subject, { responseFormat: { type: 'json_object' } });
    const { error } = await collect(subject.create(server).stream(request, open));
    expect(error).toMatchObject({ code: 'rejected', hint: expect.stringContaining('json_schema') as string });
  });

  it('counts cached tokens as input and keeps thoughts apart', async () => {
    server.setAnswer(() => ({ reasoning: ['let me ', 'think'] }));
    const { text, reasoning, finish } = await collect(
      subject.create(server).stream(requestFor(subject), open),
    );
    expect([text, reasoning]).toEqual(['Hello, world.', 'let me think']);
    expect(finish).toMatchObject({
      finishReason: 'stop',
      rawFinishReason: 'end_turn',
      modelVersion: 'claude-sonnet-5-5',
      usage: { inputTokens: 11 + 5 + 7, outputTokens: 4, cachedInputTokens: 7, cacheWriteInputTokens: 5 },
    });
  });

  it.each([
    ['refusal', 'refusal', /declined/],
    ['model_context_window_exceeded', 'length', /context/],
    ['max_tokens', 'length', /maxTokens/],
  ])('takes %s as an outcome, with a word about it', async (stopReason, finishReason, words) => {
    server.setAnswer(() => ({ text: [], stopReason }));
    const { events, finish, error } = await collect(subject.create(server).stream(requestFor(subject), open));
    expect(error).toBeUndefined();
    expect(finish?.finishReason).toBe(finishReason);
    expect(events.find(({ type }) => type === 'notice')).toMatchObject({
      message: expect.stringMatching(words) as string,
    });
  });

  it('takes nothing from the environment', async () => {
    process.env['ANTHROPIC_CUSTOM_HEADERS'] = 'x-leak: 1\nAuthorization: Bearer other';
    process.env['ANTHROPIC_BASE_URL'] = 'http://127.0.0.1:9';
    process.env['ANTHROPIC_API_KEY'] = 'other';
    const { headers } = await sent({});
    expect(headers['x-leak']).toBeUndefined();
    expect(headers.authorization).toBe(`Bearer ${plantedKey}`);
    expect(headers['x-api-key']).toBe(plantedKey);
  });

  it('wants a key for Anthropic’s own host only', async () => {
    const readKey = () => Promise.resolve(undefined);
    const own = createAnthropicBackend({ readKey, defaultModel: '' });
    expect((await collect(own.stream(requestFor(subject), open))).error).toMatchObject({
      code: 'key-missing',
    });
    expect(await own.checkHealth(open)).toMatchObject({
      status: 'unavailable',
      detail: 'There is no API key for Claude.',
    });
    const proxy = createAnthropicBackend({ baseUrl: server.url, readKey, defaultModel: '' });
    expect((await collect(proxy.stream(requestFor(subject), open))).error).toBeUndefined();
    expect(server.calls().at(-1)?.headers.authorization).toBeUndefined();
  });

  it('lists models', async () => {
    expect(await subject.create(server).listModels(open)).toContainEqual({
      id: 'claude-sonnet-5-5',
      label: 'claude-sonnet-5-5',
      contextTokens: 1_000_000,
    });
    expect(await subject.create(server).checkHealth(open)).toMatchObject({ status: 'ready' });
  });
});
