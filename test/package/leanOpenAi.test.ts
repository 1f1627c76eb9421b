import { createRequire } from 'node:module';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { createOpenAiCompatibleBackend } from '../../src/adapters/backends/openAiCompatible/openAiCompatibleBackend.ts';
import { startFaultServer, type FaultServer } from '../support/faultServer/startFaultServer.ts';
import { repositoryRoot } from '../support/editor/partsFolder.ts';

const bundle = createRequire(import.meta.url)(path.join(repositoryRoot, 'dist', 'openai.js')) as {
  createOpenAiCompatibleBackend: typeof createOpenAiCompatibleBackend;
};

let service: FaultServer;

beforeAll(async () => {
  service = await startFaultServer();
});

afterAll(async () => {
  await service.close();
});

// The build leaves most of the OpenAI client out; what is used must be all there.
describe('the bundle of the OpenAI client', () => {
  const backend = () =>
    bundle.createOpenAiCompatibleBackend({
      baseUrl: service.openAiUrl,
      readKey: () => Promise.resolve('a-key-of-no-service'),
      defaultModel: 'gpt-5-mini',
    });
  const signal = new AbortController().signal;

  it('lists models', async () => {
    expect((await backend().listModels(signal)).map(({ id }) => id)).toContain('gpt-5-mini');
  });

  it('streams an answer', async () => {
    const request = {
      model: 'gpt-5-mini',
      messages: [{ role: 'user' as const, content: 'Say hello.' }],
      parameters: {},
      responseFormat: { type: 'text' as const },
      variables: {},
    };
    let text = '';
    for await (const event of backend().stream(request, signal)) {
      if (event.type === 'text-delta') text += event.text;
    }
    expect(text).toBe('Hello, world.');
  });
});
