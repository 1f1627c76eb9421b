import { Ollama } from 'ollama/browser';
import type { BackendError } from '../../../core/domain/backendError.ts';
import type { ModelRequest } from '../../../core/domain/chat.ts';
import type {
  BackendHealth,
  InstallProgress,
  ModelBackend,
  ModelEvent,
  ModelInfo,
} from '../../../core/ports/modelBackend.ts';
import type { SendGate } from '../../../core/ports/sendGate.ts';
import { refuseEmptyAnswer } from '../emptyAnswer.ts';
import { probeHealth } from '../healthProbe.ts';
import { openHttpCall, type HttpCall } from '../httpCall.ts';
import { reportedError } from '../httpFailure.ts';
import { shownAddress, type HttpService } from '../httpService.ts';
import { truncationNotice } from './contextWindow.ts';
import { fromOllamaChunk, toOutcome } from './fromOllamaChunk.ts';
import { createModelDigests } from './modelDigests.ts';
import { createNdjsonGuard } from './ndjsonGuard.ts';
import { createPullProgress } from './pullProgress.ts';
import { ollamaNotApplied, toOllamaRequest } from './toOllamaRequest.ts';

export interface OllamaBackendOptions {
  /** e.g. `http://127.0.0.1:11434` */
  readonly baseUrl: string;
  readonly defaultModel: string;
  /** "5m", seconds, "0" to unload at once, "-1" to keep; empty for the server's own setting. */
  readonly keepAlive?: string;
}

const json = /^application\/(x-ndjson|json)/i;

export function createOllamaBackend(options: OllamaBackendOptions): ModelBackend {
  return new OllamaBackend(options);
}

class OllamaBackend implements ModelBackend {
  readonly id = 'ollama';
  readonly defaultModel: string | null;
  readonly entersGate = true;
  readonly notApplied = ollamaNotApplied;
  readonly #options: OllamaBackendOptions;
  readonly #service: HttpService;
  readonly #digests = createModelDigests(
    async (signal) => new Map((await this.#list(signal)).map((model) => [model.name, model.digest])),
  );

  constructor(options: OllamaBackendOptions) {
    this.#options = options;
    this.#service = describe(options);
    this.defaultModel = options.defaultModel === '' ? null : options.defaultModel;
  }

  async *stream(request: ModelRequest, signal: AbortSignal, gate?: SendGate): AsyncGenerator<ModelEvent> {
    signal.throwIfAborted();
    const call = this.#openCall(request, signal, true, gate);
    let hadText = false;
    let isWhole = false;
    try {
      const digest = this.#digests.find(request.model, call.signal);
      const client = this.#clientOf(call);
      const answer = await client.chat(toOllamaRequest(request, this.#options.keepAlive ?? ''));
      let hadThoughts = false;
      for await (const chunk of answer) {
        for (const event of fromOllamaChunk(chunk)) {
          hadText ||= event.type === 'text-delta';
          hadThoughts ||= event.type === 'reasoning-delta';
          yield event;
        }
        if (!chunk.done) continue;
        const outcome = toOutcome(chunk);
        refuseEmptyAnswer(this.#service, hadText || hadThoughts, outcome);
        const notice = truncationNotice(request, outcome.usage.inputTokens);
        if (notice) yield { type: 'notice', message: notice };
        const modelVersion = await digest;
        isWhole = true;
        yield { ...outcome, ...(modelVersion === undefined ? {} : { modelVersion }) };
        return;
      }
    } catch (error) {
      signal.throwIfAborted();
      throw toOllamaError(error, call, this.#service, request.model, hadText);
    } finally {
      call.close(isWhole);
    }
  }

  async listModels(signal: AbortSignal): Promise<readonly ModelInfo[]> {
    const models = await this.#list(signal);
    return models.map((model) => ({ id: model.name, sizeBytes: model.size, label: labelOf(model) }));
  }

  checkHealth(signal: AbortSignal): Promise<BackendHealth> {
    return probeHealth(this.#service.label, signal, async (limited) => {
      const { version } = await this.#ask(limited, (client) => client.version());
      const { length } = await this.#list(limited);
      const detail = `Ollama ${version} at ${this.#service.address}, ${length} ${length === 1 ? 'model' : 'models'}`;
      if (length > 0) return { status: 'ready', detail };
      return { status: 'needs-setup', detail, hint: this.#service.modelHint(this.#options.defaultModel) };
    });
  }

  install(
    model: string,
    onProgress: (progress: InstallProgress) => void,
    signal: AbortSignal,
  ): Promise<void> {
    return this.#ask(signal, (client) => pull(client, model, onProgress), model);
  }

  #list(signal: AbortSignal) {
    return this.#ask(signal, async (client) => (await client.list()).models);
  }

  /** Runs a call that carries no prompt. `model` is given when it fetches one. */
  async #ask<T>(signal: AbortSignal, work: (client: Ollama) => Promise<T>, model?: string): Promise<T> {
    const call = this.#openCall(model === undefined ? null : bareRequest(model), signal, model !== undefined);
    let isWhole = false;
    try {
      const result = await work(this.#clientOf(call));
      isWhole = true;
      return result;
    } catch (error) {
      signal.throwIfAborted();
      throw toOllamaError(error, call, this.#service, model ?? '', false);
    } finally {
      call.close(isWhole);
    }
  }

  #openCall(request: ModelRequest | null, signal: AbortSignal, streamed: boolean, gate?: SendGate): HttpCall {
    return openHttpCall({
      service: this.#service,
      signal,
      gate,
      request,
      accept: json,
      ...(streamed ? { inspect: () => createNdjsonGuard(this.#service.label) } : {}),
    });
  }

  #clientOf(call: HttpCall): Ollama {
    return new Ollama({ host: this.#options.baseUrl, fetch: call.fetch });
  }
}

/** An error line in the stream is a plain Error with the server's words; all other trouble has a type or a code. */
function toOllamaError(
  error: unknown,
  call: HttpCall,
  service: HttpService,
  model: string,
  hadText: boolean,
): BackendError {
  const reported =
    error instanceof Error &&
    error.constructor === Error &&
    !error.message.startsWith('Did not receive done');
  if (!reported) return call.toError(error, hadText);
  return reportedError({ status: null, message: error.message, kind: '' }, service, call.redact, {
    model,
    hadText,
  });
}

async function pull(
  client: Ollama,
  model: string,
  onProgress: (progress: InstallProgress) => void,
): Promise<void> {
  const toProgress = createPullProgress(model);
  for await (const line of await client.pull({ model, stream: true })) onProgress(toProgress(line));
}

/** Lets the error texts of `pull` name the model. */
function bareRequest(model: string): ModelRequest {
  return { model, messages: [], parameters: {}, responseFormat: { type: 'text' }, variables: {} };
}

function describe(options: OllamaBackendOptions): HttpService {
  return {
    label: 'Ollama',
    address: shownAddress(options.baseUrl),
    local: true,
    addressSetting: 'promptly.ollama.url',
    exampleAddress: 'http://127.0.0.1:11434',
    notRunningHint:
      'Start Ollama (`ollama serve`, or its app), install it from https://ollama.com, or choose another backend.',
    keyHint: 'Check what stands between you and Ollama: it asks for no key itself.',
    modelHint: (model) => `Pull it with \`ollama pull ${model}\`, or choose a model that is installed.`,
  };
}

function labelOf(model: { name: string; details?: { parameter_size?: string } }): string {
  return [model.name, model.details?.parameter_size].filter((part) => part).join(' · ');
}
