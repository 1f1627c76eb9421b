import { BackendError } from '../../../core/domain/backendError.ts';
import type { ModelRequest } from '../../../core/domain/chat.ts';
import type { JsonValue } from '../../../core/domain/json.ts';
import { renderTemplate } from '../../../core/domain/template.ts';
import type { Clock } from '../../../core/ports/clock.ts';
import type { ModelBackend, ModelEvent } from '../../../core/ports/modelBackend.ts';
import type { Script } from './script.ts';
import { parseScript, readScript } from './script.ts';

export interface ScriptedBackendOptions {
  readonly clock: Clock;
  /** Used where a file's `options.scripted` says nothing. */
  readonly script?: JsonValue;
  /** The same as JSON text, e.g. from the environment. */
  readonly scriptText?: string | undefined;
}

/**
 * Answers from a script, for demonstrations and tests: no model is involved, and it says so. The script comes with the
 * request (`modelParameters.options.scripted`) or with the backend. `auto` never chooses it.
 */
export function createScriptedBackend(options: ScriptedBackendOptions): ModelBackend {
  const failures = new Map<string, number>();
  return {
    id: 'scripted',
    defaultModel: 'script',
    notApplied: () => [],
    listModels: () => Promise.resolve([{ id: 'script', label: 'Scripted answers (no model)' }]),
    checkHealth: () => Promise.resolve({ status: 'ready', detail: 'scripted answers, no model involved' }),
    stream: (request, signal) => play(request, options, failures, signal),
  };
}

async function* play(
  request: ModelRequest,
  { clock, script, scriptText }: ScriptedBackendOptions,
  failures: Map<string, number>,
  signal: AbortSignal,
): AsyncGenerator<ModelEvent> {
  signal.throwIfAborted();
  const general = scriptText === undefined || scriptText === '' ? script : parseScript(scriptText);
  const part = readScript(request.parameters.options?.['scripted'] ?? general);
  const text = replyTo(request, part);
  const failsAfter = failsNow(request, part, failures) ? (part.fail?.afterChunks ?? 0) : Infinity;
  if (part.firstDelayMs > 0) await clock.sleep(part.firstDelayMs, signal);
  let sent = 0;
  for (const chunk of chunksOf(text, part.chunkLength)) {
    if (sent >= failsAfter) break;
    if (sent > 0 && part.chunkDelayMs > 0) await clock.sleep(part.chunkDelayMs, signal);
    signal.throwIfAborted();
    yield { type: 'text-delta', text: chunk };
    sent++;
  }
  if (failsAfter < Infinity) throw failureOf(part);
  yield {
    type: 'finish',
    finishReason: 'stop',
    rawFinishReason: 'scripted',
    usage: { inputTokens: wordsIn(request), outputTokens: countWords(text), cachedInputTokens: null },
  };
}

function replyTo(request: ModelRequest, script: Script): string {
  const last = request.messages.at(-1)?.content ?? '';
  const reply = script.rules.find((rule) => last.includes(rule.when))?.reply ?? script.reply;
  if (reply !== undefined) return renderTemplate(reply, request.variables).text;
  return `This answer is scripted; no model was asked. The last message was:\n\n${last}`;
}

function failsNow(request: ModelRequest, script: Script, failures: Map<string, number>): boolean {
  const times = script.fail?.times ?? 0;
  if (times === Infinity) return true;
  const key = JSON.stringify(request);
  const failed = failures.get(key) ?? 0;
  if (failed >= times) return false;
  failures.set(key, failed + 1);
  return true;
}

function failureOf({ fail }: Script): BackendError {
  const retryAfterMs = fail?.retryAfterMs;
  return new BackendError(fail?.code ?? 'internal', 'The script asks for this failure.', {
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

function chunksOf(text: string, length: number): readonly string[] {
  if (length === 0) return text.match(/\s*\S+\s*$|\s*\S+/g) ?? (text === '' ? [] : [text]);
  return Array.from({ length: Math.ceil(text.length / length) }, (_, index) =>
    text.slice(index * length, (index + 1) * length),
  );
}

const countWords = (text: string): number => text.match(/\S+/g)?.length ?? 0;

/** Words stand in for tokens: a script has no tokenizer. */
const wordsIn = (request: ModelRequest): number =>
  request.messages.reduce((sum, message) => sum + countWords(message.content), 0);
