import Anthropic from '@anthropic-ai/sdk';
import { Ollama } from 'ollama';
import OpenAI from 'openai';
import { createAnthropicBackend } from '../../../src/adapters/backends/anthropic/anthropicBackend.ts';
import { createOllamaBackend } from '../../../src/adapters/backends/ollama/ollamaBackend.ts';
import { createOpenAiCompatibleBackend } from '../../../src/adapters/backends/openAiCompatible/openAiCompatibleBackend.ts';
import type { ModelBackend } from '../../../src/core/ports/modelBackend.ts';

export type ClientName = 'ollama' | 'openai' | 'claude';

/** One streamed answer through the official client alone, as one would write it without the product. */
export type AskBare = (prompt: string) => Promise<string>;

const model = 'bench';
const apiKey = 'bench-key';
const readKey = (): Promise<string> => Promise.resolve(apiKey);

export function createBare(name: ClientName, url: string): AskBare {
  const messagesOf = (content: string) => [{ role: 'user' as const, content }];
  if (name === 'ollama') {
    const client = new Ollama({ host: url });
    return async (prompt) => {
      let text = '';
      for await (const chunk of await client.chat({ model, messages: messagesOf(prompt), stream: true }))
        text += chunk.message.content;
      return text;
    };
  }
  if (name === 'openai') {
    const client = new OpenAI({ baseURL: `${url}/v1`, apiKey });
    return async (prompt) => {
      const request = { model, messages: messagesOf(prompt), stream: true as const };
      let text = '';
      for await (const chunk of await client.chat.completions.create(request))
        text += chunk.choices[0]?.delta.content ?? '';
      return text;
    };
  }
  const client = new Anthropic({ baseURL: url, apiKey });
  return async (prompt) => {
    const stream = client.messages.stream({ model, messages: messagesOf(prompt), max_tokens: 100 });
    let text = '';
    for await (const event of stream)
      if (event.type === 'content_block_delta' && event.delta.type === 'text_delta') text += event.delta.text;
    return text;
  };
}

export function createBackend(name: ClientName, url: string): ModelBackend {
  if (name === 'ollama') return createOllamaBackend({ baseUrl: url, defaultModel: model });
  if (name === 'openai')
    return createOpenAiCompatibleBackend({ baseUrl: `${url}/v1`, defaultModel: model, readKey });
  return createAnthropicBackend({ baseUrl: url, defaultModel: model, readKey });
}
