import { mkdtemp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { inject } from 'vitest';
import type { createBuiltinBackend } from '../../src/adapters/backends/builtin/builtinBackend.ts';
import type { createOllamaBackend } from '../../src/adapters/backends/ollama/ollamaBackend.ts';
import type { ModelRequest } from '../../src/core/domain/chat.ts';
import type { Log } from '../../src/core/ports/log.ts';
import type { ModelBackend, ModelEvent } from '../../src/core/ports/modelBackend.ts';

export const repositoryRoot = path.join(import.meta.dirname, '..', '..');
const requireBuilt = createRequire(path.join(repositoryRoot, 'dist', 'index.js'));

/** The shipped bundle of an entry. */
export const built = (entry: string): unknown => requireBuilt(`./${entry}.js`);

export const lines: string[] = [];
const note = (message: string) => void lines.push(message);
export const noteLog: Log = { debug: note, info: note, warn: note, error: note };

export const emptyFolder = () => mkdtemp(path.join(os.tmpdir(), 'promptly-model-'));

/** The backend under test, from the built bundle. */
export async function openSubject(): Promise<ModelBackend> {
  const subject = inject('subject');
  if (subject.backend === 'ollama') {
    const { createOllamaBackend: create } = built('ollama') as {
      createOllamaBackend: typeof createOllamaBackend;
    };
    return create({ baseUrl: subject.url, defaultModel: subject.model });
  }
  const { createBuiltinBackend: create } = built('builtin') as {
    createBuiltinBackend: typeof createBuiltinBackend;
  };
  return create({ ...subject, storageFolder: await emptyFolder(), log: noteLog });
}

export function ask(content: string, parts: Partial<ModelRequest> = {}): ModelRequest {
  return {
    model: inject('subject').model,
    messages: [
      { role: 'system', content: 'You are a helpful assistant. Answer briefly.' },
      { role: 'user', content },
    ],
    responseFormat: { type: 'text' },
    variables: {},
    ...parts,
    parameters: { temperature: 0, maxTokens: 48, ...parts.parameters },
  };
}

export interface Answer {
  readonly text: string;
  readonly deltas: number;
  readonly finish: Extract<ModelEvent, { type: 'finish' }> | undefined;
  readonly notices: readonly string[];
}

export async function answerOf(
  backend: ModelBackend,
  request: ModelRequest,
  signal: AbortSignal = new AbortController().signal,
): Promise<Answer> {
  const events: ModelEvent[] = [];
  for await (const event of backend.stream(request, signal)) events.push(event);
  const texts = events.flatMap((event) => (event.type === 'text-delta' ? [event.text] : []));
  return {
    text: texts.join(''),
    deltas: texts.length,
    finish: events.find((event) => event.type === 'finish'),
    notices: events.flatMap((event) => (event.type === 'notice' ? [event.message] : [])),
  };
}
