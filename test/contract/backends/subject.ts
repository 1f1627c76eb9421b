import type { ModelRequest } from '../../../src/core/domain/chat.ts';
import type { ModelBackend, ModelEvent } from '../../../src/core/ports/modelBackend.ts';
import { createAnthropicBackend } from '../../../src/adapters/backends/anthropic/anthropicBackend.ts';
import { createOllamaBackend } from '../../../src/adapters/backends/ollama/ollamaBackend.ts';
import { createOpenAiCompatibleBackend } from '../../../src/adapters/backends/openAiCompatible/openAiCompatibleBackend.ts';
import type { FaultServer } from '../../support/faultServer/startFaultServer.ts';

/** Planted as the key everywhere; must come out nowhere. */
export const plantedKey = 'sk-planted-7f3a9c51e2d84b06';
export const plantedPrompt = 'The planted prompt text that no error may repeat.';

/** A backend under the contract, as it is set up against the fault server. */
export interface Subject {
  readonly name: 'ollama' | 'claude' | 'openai';
  readonly model: string;
  readonly keyed: boolean;
  create(addresses: Pick<FaultServer, 'url' | 'openAiUrl'>): ModelBackend;
}

export const subjects: readonly Subject[] = [
  {
    name: 'ollama',
    model: 'llama3.2:3b',
    keyed: false,
    create: ({ url }) => createOllamaBackend({ baseUrl: url, defaultModel: 'llama3.2:3b' }),
  },
  {
    name: 'claude',
    model: 'claude-sonnet-5-5',
    keyed: true,
    create: ({ url }) =>
      createAnthropicBackend({
        baseUrl: url,
        readKey: () => Promise.resolve(plantedKey),
        defaultModel: 'claude-sonnet-5-5',
      }),
  },
  {
    name: 'openai',
    model: 'gpt-5-mini',
    keyed: true,
    create: ({ openAiUrl }) =>
      createOpenAiCompatibleBackend({
        baseUrl: openAiUrl,
        readKey: () => Promise.resolve(plantedKey),
        defaultModel: 'gpt-5-mini',
      }),
  },
];

export function requestFor(subject: Subject, changes: Partial<ModelRequest> = {}): ModelRequest {
  return {
    model: subject.model,
    messages: [
      { role: 'system', content: 'You are terse.' },
      { role: 'user', content: plantedPrompt },
    ],
    parameters: { maxTokens: 256 },
    responseFormat: { type: 'text' },
    variables: {},
    ...changes,
  };
}

export interface Collected {
  readonly events: ModelEvent[];
  readonly text: string;
  readonly reasoning: string;
  readonly finish: Extract<ModelEvent, { type: 'finish' }> | undefined;
  readonly error: unknown;
}

/** Reads a stream to its end or its error. */
export async function collect(stream: AsyncIterable<ModelEvent>): Promise<Collected> {
  const events: ModelEvent[] = [];
  let error: unknown;
  try {
    for await (const event of stream) events.push(event);
  } catch (thrown) {
    error = thrown;
  }
  const join = (type: 'text-delta' | 'reasoning-delta') =>
    events.map((event) => (event.type === type && 'text' in event ? event.text : '')).join('');
  return {
    events,
    text: join('text-delta'),
    reasoning: join('reasoning-delta'),
    finish: events.find((event) => event.type === 'finish'),
    error,
  };
}

export async function until(condition: () => boolean, withinMs: number, what: string): Promise<void> {
  const start = performance.now();
  while (!condition()) {
    if (performance.now() - start > withinMs) throw new Error(`${what}: not within ${withinMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
