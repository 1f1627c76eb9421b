import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createOpenAiCompatibleBackend } from '../../../src/adapters/backends/openAiCompatible/openAiCompatibleBackend.ts';
import {
  openAiNotApplied,
  toOpenAiRequest,
} from '../../../src/adapters/backends/openAiCompatible/toOpenAiRequest.ts';
import type { ModelRequest } from '../../../src/core/domain/chat.ts';
import { startFaultServer, type FaultServer } from '../../support/faultServer/startFaultServer.ts';
import { collect, plantedKey, requestFor, subjects } from './subject.ts';

const subject = subjects.find(({ name }) => name === 'openai')!;
const open = new AbortController().signal;
const noKey = () => Promise.resolve(undefined);
let server: FaultServer;
beforeAll(async () => {
  server = await startFaultServer();
});
afterAll(() => server.close());
afterEach(() => {
  server.setAnswer(() => ({}));
  for (const name of ['OPENAI_CUSTOM_HEADERS', 'OPENAI_ORG_ID', 'OPENAI_API_KEY'])
    Reflect.deleteProperty(process.env, name);
});

async function bodyOf(changes: Partial<ModelRequest>) {
  const { error } = await collect(subject.create(server).stream(requestFor(subject, changes), open));
  expect(error).toBeUndefined();
  return server.calls().at(-1)?.body;
}

/** A server that streams exactly these lines. */
async function answering(lines: readonly string[]) {
  const plain = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.end(lines.map((line) => `data: ${line}\n\n`).join(''));
  });
  await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(plain.address() as AddressInfo).port}/v1`;
  const backend = createOpenAiCompatibleBackend({ baseUrl, readKey: noKey, defaultModel: 'm' });
  const result = await collect(backend.stream(requestFor(subject, { model: 'm' }), open));
  await new Promise((resolve) => plain.close(resolve));
  return result;
}

/** A server that does not stream, whatever it is asked. */
async function answeringWhole(body: string) {
  const plain = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(body);
  });
  await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(plain.address() as AddressInfo).port}/v1`;
  const backend = createOpenAiCompatibleBackend({ baseUrl, readKey: noKey, defaultModel: 'm' });
  const result = await collect(backend.stream(requestFor(subject, { model: 'm' }), open));
  await new Promise((resolve) => plain.close(resolve));
  return result;
}

describe('openai', () => {
  it('takes a whole completion where it asked for a stream', async () => {
    const completion = {
      object: 'chat.completion',
      model: 'm-1',
      choices: [
        { index: 0, message: { role: 'assistant', content: 'All at once: ü' }, finish_reason: 'stop' },
      ],
      usage: { prompt_tokens: 4, completion_tokens: 5, total_tokens: 9 },
    };
    const { text, finish, error } = await answeringWhole(JSON.stringify(completion));
    expect(error).toBeUndefined();
    expect(text).toBe('All at once: ü');
    expect(finish).toMatchObject({
      finishReason: 'stop',
      modelVersion: 'm-1',
      usage: { inputTokens: 4, outputTokens: 5 },
    });
  });

  it.each([
    '{"status":"ok"}',
    '[]',
    'null',
    '{"choices":[]}',
    '{"choices":[{"message":null}]}',
    '{"choices":[{"message":{"content":"cut',
  ])('refuses JSON that is no completion: %s', async (body) => {
    const { text, error } = await answeringWhole(body);
    expect(text).toBe('');
    expect(error).toMatchObject({ code: 'bad-response' });
  });

  it('sends the parameters as every server reads them', async () => {
    const parameters = {
      temperature: 0.3,
      maxTokens: 50,
      topP: 0.8,
      seed: 5,
      stop: ['END'],
      options: { min_p: 0.1 },
    };
    expect(await bodyOf({ model: 'qwen3-8b', parameters })).toMatchObject({
      model: 'qwen3-8b',
      stream: true,
      stream_options: { include_usage: true },
      temperature: 0.3,
      max_tokens: 50,
      top_p: 0.8,
      seed: 5,
      stop: ['END'],
      min_p: 0.1,
    });
  });

  it.each(['gpt-5-mini', 'openai/gpt-5.4', 'o4-mini'])(
    'sends %s no sampling parameters and the other limit',
    async (model) => {
      const request = requestFor(subject, {
        model,
        parameters: { temperature: 0.3, maxTokens: 50, stop: ['x'], effort: 'low' },
      });
      const body = await bodyOf(request);
      expect(body).toMatchObject({ max_completion_tokens: 50, reasoning_effort: 'low' });
      for (const absent of ['temperature', 'stop', 'max_tokens']) expect(body).not.toHaveProperty(absent);
      const skipped = subject
        .create(server)
        .notApplied(request)
        .map(({ parameter }) => parameter);
      expect(skipped).toEqual(['temperature', 'stop']);
    },
  );

  it('sends OpenAI’s own models the newer limit and no effort they have not', () => {
    const request = requestFor(subject, {
      model: 'gpt-4o',
      parameters: { maxTokens: 9, effort: 'high', thinking: true },
    });
    expect(toOpenAiRequest(request, true)).toMatchObject({ max_completion_tokens: 9 });
    expect(toOpenAiRequest(request, true)).not.toHaveProperty('reasoning_effort');
    expect(openAiNotApplied(request, true).map(({ parameter }) => parameter)).toEqual(['effort', 'thinking']);
  });

  it('asks for structured output', async () => {
    const schema = { type: 'object' };
    expect(
      await bodyOf({ responseFormat: { type: 'json_schema', name: 'x', schema, strict: true } }),
    ).toMatchObject({
      response_format: { type: 'json_schema', json_schema: { name: 'x', schema, strict: true } },
    });
    expect(await bodyOf({ responseFormat: { type: 'json_object' } })).toMatchObject({
      response_format: { type: 'json_object' },
    });
  });

  it('gives text, thoughts, usage and the dated model', async () => {
    server.setAnswer(() => ({ reasoning: ['hm'] }));
    const { text, reasoning, finish } = await collect(
      subject.create(server).stream(requestFor(subject), open),
    );
    expect([text, reasoning]).toEqual(['Hello, world.', 'hm']);
    expect(finish).toMatchObject({
      finishReason: 'stop',
      modelVersion: 'gpt-5-mini-2026-08-07',
      usage: { inputTokens: 11, outputTokens: 4, cachedInputTokens: 7, reasoningTokens: 3 },
    });
  });

  it('knows no usage from a server that ignores stream_options', async () => {
    server.setAnswer(() => ({ inputTokens: null }));
    const { finish } = await collect(subject.create(server).stream(requestFor(subject), open));
    expect(finish?.usage).toEqual({ inputTokens: null, outputTokens: null, cachedInputTokens: null });
  });

  it('takes the end marker or the reason as the end, whichever a server sends', async () => {
    const chunk = (finish: string | null) =>
      JSON.stringify({ choices: [{ index: 0, delta: { content: 'Hi' }, finish_reason: finish }] });
    expect((await answering([chunk(null), '[DONE]'])).finish?.finishReason).toBe('stop');
    expect((await answering([chunk('length')])).finish?.finishReason).toBe('length');
    expect((await answering([chunk(null)])).error).toMatchObject({ code: 'interrupted' });
    expect(
      (await answering(['{"object":"error","message":"out of memory","code":500}'])).error,
    ).toMatchObject({
      code: 'bad-response',
      message: expect.stringContaining('out of memory') as string,
    });
  });

  it('takes nothing from the environment', async () => {
    process.env['OPENAI_CUSTOM_HEADERS'] = 'x-leak: 1';
    process.env['OPENAI_ORG_ID'] = 'org-leak';
    process.env['OPENAI_API_KEY'] = 'other';
    await bodyOf({});
    const headers = server.calls().at(-1)?.headers;
    expect(headers?.['x-leak'] ?? headers?.['openai-organization']).toBeUndefined();
    expect(headers?.authorization).toBe(`Bearer ${plantedKey}`);
  });

  it('wants a key for OpenAI’s own host only', async () => {
    const own = createOpenAiCompatibleBackend({ readKey: noKey, defaultModel: '' });
    expect((await collect(own.stream(requestFor(subject), open))).error).toMatchObject({
      code: 'key-missing',
    });
    const local = createOpenAiCompatibleBackend({
      baseUrl: server.openAiUrl,
      readKey: noKey,
      defaultModel: '',
    });
    expect((await collect(local.stream(requestFor(subject), open))).error).toBeUndefined();
    expect(server.calls().at(-1)?.headers.authorization).toBeUndefined();
  });

  it('lists models', async () => {
    expect(await subject.create(server).listModels(open)).toContainEqual({ id: 'gpt-5-mini' });
    expect(await subject.create(server).checkHealth(open)).toMatchObject({ status: 'ready' });
  });
});
