import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createOllamaBackend } from '../../../src/adapters/backends/ollama/ollamaBackend.ts';
import type { InstallProgress } from '../../../src/core/ports/modelBackend.ts';
import {
  closedPortUrl,
  startFaultServer,
  type FaultServer,
} from '../../support/faultServer/startFaultServer.ts';
import { collect, requestFor, subjects } from './subject.ts';

const subject = subjects.find(({ name }) => name === 'ollama')!;
const open = new AbortController().signal;
let server: FaultServer;
beforeAll(async () => {
  server = await startFaultServer();
});
afterAll(() => server.close());
beforeEach(() => {
  server.setFault(null);
  server.setAnswer(() => ({}));
});

describe('ollama', () => {
  it('sends parameters, schema, thinking and keep-alive where the server reads them', async () => {
    const backend = createOllamaBackend({
      baseUrl: server.url,
      defaultModel: 'llama3.2:3b',
      keepAlive: '300',
    });
    const schema = { type: 'object', properties: { a: { type: 'string' } } };
    const request = requestFor(subject, {
      parameters: {
        temperature: 0.2,
        maxTokens: 50,
        topP: 0.9,
        seed: 7,
        stop: ['END'],
        thinking: 'low',
        options: { min_p: 0.1 },
      },
      responseFormat: { type: 'json_schema', name: 'x', schema },
    });
    await collect(backend.stream(request, open));
    expect(server.calls().at(-1)?.body).toEqual({
      model: 'llama3.2:3b',
      messages: request.messages,
      stream: true,
      format: schema,
      think: 'low',
      keep_alive: 300,
      options: {
        temperature: 0.2,
        num_predict: 50,
        top_p: 0.9,
        seed: 7,
        stop: ['END'],
        num_ctx: 8192,
        min_p: 0.1,
      },
    });
  });

  it('gives text, thoughts, usage, the digest and the load time', async () => {
    server.setAnswer(() => ({ reasoning: ['hm', 'm'] }));
    const { text, reasoning, finish, error } = await collect(
      subject.create(server).stream(requestFor(subject), open),
    );
    expect(error).toBeUndefined();
    expect([text, reasoning]).toEqual(['Hello, world.', 'hmm']);
    expect(finish).toMatchObject({
      finishReason: 'stop',
      rawFinishReason: 'stop',
      usage: { inputTokens: 11, outputTokens: 4, cachedInputTokens: null },
      loadMs: 250,
    });
    expect(finish?.modelVersion).toMatch(/^[0-9a-f]{64}$/);
  });

  it('takes a missing prompt count as unknown', async () => {
    server.setAnswer(() => ({ inputTokens: null }));
    const { finish } = await collect(subject.create(server).stream(requestFor(subject), open));
    expect(finish?.usage.inputTokens).toBeNull();
  });

  it('says so when the server cut the prompt without a word', async () => {
    server.setAnswer(() => ({ inputTokens: 4098 }));
    const long = requestFor(subject, {
      messages: [{ role: 'user', content: 'lorem ipsum '.repeat(4000) }],
      parameters: { maxTokens: 100, options: { num_ctx: 8192 } },
    });
    const { events, finish } = await collect(subject.create(server).stream(long, open));
    expect(events.filter((event) => event.type === 'notice')).toEqual([
      {
        type: 'notice',
        message: expect.stringMatching(/read only 4098 tokens of a prompt of about 12000/) as string,
      },
    ]);
    expect(finish).toBeDefined();
  });

  it('asks for a context that holds prompt and answer', async () => {
    const content = 'x'.repeat(40_000);
    await collect(
      subject.create(server).stream(requestFor(subject, { messages: [{ role: 'user', content }] }), open),
    );
    expect(server.calls().at(-1)?.body?.['options']).toMatchObject({ num_ctx: 16384 });
  });

  it('keeps an empty answer that spent tokens, and one cut at its limit', async () => {
    server.setAnswer(() => ({ text: [], outputTokens: 1 }));
    expect(
      (await collect(subject.create(server).stream(requestFor(subject), open))).finish?.finishReason,
    ).toBe('stop');
    server.setAnswer(() => ({ text: [], outputTokens: 0, stopReason: 'length' }));
    expect(
      (await collect(subject.create(server).stream(requestFor(subject), open))).finish?.finishReason,
    ).toBe('length');
  });

  it('lists models', async () => {
    const models = await subject.create(server).listModels(open);
    expect(models[0]).toEqual({ id: 'llama3.2:3b', label: 'llama3.2:3b · 3.2B', sizeBytes: 2_019_393_189 });
  });

  it('pulls a model with one progress over its layers', async () => {
    const seen: InstallProgress[] = [];
    await subject.create(server).install?.('llama3.2:3b', (progress) => seen.push(progress), open);
    expect(seen.map(({ fraction }) => fraction)).toEqual([null, 100 / 300, 200 / 400, 1, 1, 1]);
    await expect(subject.create(server).install?.('missing:1b', () => undefined, open)).rejects.toMatchObject(
      {
        name: 'BackendError',
        message: expect.stringContaining('file does not exist') as string,
      },
    );
  });

  it('reports its health in words', async () => {
    expect(await subject.create(server).checkHealth(open)).toEqual({
      status: 'ready',
      detail: `Ollama 0.12.6 at ${server.url}, 3 models`,
    });
    const url = await closedPortUrl();
    expect(await subject.create({ url, openAiUrl: url }).checkHealth(open)).toMatchObject({
      status: 'unavailable',
      detail: `Ollama is not running at ${url}.`,
    });
    const empty = await startFaultServer({ models: [] });
    expect(await subject.create(empty).checkHealth(open)).toMatchObject({
      status: 'needs-setup',
      hint: expect.stringContaining('ollama pull llama3.2:3b') as string,
    });
    await empty.close();
  });

  it('names what it does not take', () => {
    const request = requestFor(subject, { parameters: { effort: 'low', temperature: 1 } });
    expect(
      subject
        .create(server)
        .notApplied(request)
        .map(({ parameter }) => parameter),
    ).toEqual(['effort']);
  });
});
