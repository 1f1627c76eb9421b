import OpenAI, { APIError } from 'openai';
import type { ModelRequest } from '../../../core/domain/chat.ts';
import type { NotApplied } from '../../../core/domain/runEvent.ts';
import type { BackendHealth, ModelBackend, ModelEvent, ModelInfo } from '../../../core/ports/modelBackend.ts';
import type { SendGate } from '../../../core/ports/sendGate.ts';
import { clientError } from '../clientError.ts';
import { refuseEmptyAnswer } from '../emptyAnswer.ts';
import { probeHealth } from '../healthProbe.ts';
import {
  brokenAnswer,
  fetchOfCall,
  openHttpCall,
  throughCall,
  type HttpCall,
  type HttpCallOptions,
} from '../httpCall.ts';
import { reportedError } from '../httpFailure.ts';
import { isLoopback, shownAddress, type HttpService } from '../httpService.ts';
import { readRequiredKey } from '../missingKey.ts';
import { ownHeaders } from '../ownHeaders.ts';
import { toServerError } from '../serverError.ts';
import { createAnswerBody } from './answerBody.ts';
import { OpenAiAnswer } from './openAiAnswer.ts';
import { openAiNotApplied, toOpenAiRequest } from './toOpenAiRequest.ts';

export interface OpenAiCompatibleBackendOptions {
  /** With its `/v1`; empty for OpenAI's own. */
  readonly baseUrl?: string;
  readonly readKey: () => Promise<string | undefined>;
  readonly defaultModel: string;
}

const ownHost = 'api.openai.com';
const json = /^application\/json/i;
/** Some servers ignore `stream` and send the whole answer at once. */
const answerType = /^(text\/event-stream|application\/json)/i;

export function createOpenAiCompatibleBackend(options: OpenAiCompatibleBackendOptions): ModelBackend {
  return new OpenAiCompatibleBackend(options);
}

class OpenAiCompatibleBackend implements ModelBackend {
  readonly id = 'openai';
  readonly entersGate = true;
  readonly defaultModel: string | null;
  readonly #options: OpenAiCompatibleBackendOptions;
  readonly #baseUrl: string;
  readonly #service: HttpService;
  readonly #atOpenAi: boolean;
  readonly #client: OpenAI;

  constructor(options: OpenAiCompatibleBackendOptions) {
    this.#options = options;
    this.#baseUrl = options.baseUrl?.trim() || `https://${ownHost}/v1`;
    this.#service = describe(this.#baseUrl);
    this.#atOpenAi = URL.canParse(this.#baseUrl) && new URL(this.#baseUrl).hostname === ownHost;
    this.defaultModel = options.defaultModel === '' ? null : options.defaultModel;
    this.#client = createClient(this.#baseUrl);
  }

  notApplied(request: ModelRequest): readonly NotApplied[] {
    return openAiNotApplied(request, this.#atOpenAi);
  }

  async *stream(request: ModelRequest, signal: AbortSignal, gate?: SendGate): AsyncGenerator<ModelEvent> {
    signal.throwIfAborted();
    const body = createAnswerBody(this.#service.label);
    const call = await this.#open(request, signal, { gate, inspect: body.watch });
    const answer = new OpenAiAnswer();
    let isWhole = false;
    try {
      const wanted = toOpenAiRequest(request, this.#atOpenAi);
      const fetchOptions = throughCall(call);
      for await (const chunk of await this.#client.chat.completions.create(wanted, { fetchOptions })) {
        refuseErrorChunk(chunk, call, this.#service, request.model, answer.hadText);
        yield* answer.read(chunk);
      }
      // The client ends a cut or aborted stream as if it were complete.
      signal.throwIfAborted();
      if (answer.finishReason === null && !body.ended) throw brokenAnswer(this.#service, answer.hadText);
      const outcome = answer.outcome();
      refuseEmptyAnswer(this.#service, answer.hadText || answer.hadThoughts, outcome);
      if (!answer.hadText && outcome.finishReason === 'length') {
        yield { type: 'notice', message: 'maxTokens was used up before any text of the answer: raise it.' };
      }
      isWhole = true;
      yield outcome;
    } catch (error) {
      signal.throwIfAborted();
      const { hadText } = answer;
      throw clientError(error, APIError, call, this.#service, { model: request.model, hadText });
    } finally {
      call.close(isWhole);
    }
  }

  async listModels(signal: AbortSignal): Promise<readonly ModelInfo[]> {
    const call = await this.#open(null, signal);
    let isWhole = false;
    try {
      const models: ModelInfo[] = [];
      const list = this.#client.models.list({ fetchOptions: throughCall(call) });
      for await (const model of list) models.push(toModelInfo(model));
      isWhole = true;
      return models;
    } catch (error) {
      signal.throwIfAborted();
      throw clientError(error, APIError, call, this.#service, { model: '', hadText: false });
    } finally {
      call.close(isWhole);
    }
  }

  checkHealth(signal: AbortSignal): Promise<BackendHealth> {
    return probeHealth(this.#service.label, signal, async (limited) => {
      const { length } = await this.listModels(limited);
      const detail = `${this.#service.label} at ${this.#service.address}, ${length} ${length === 1 ? 'model' : 'models'}`;
      return { status: 'ready', detail };
    });
  }

  async #open(
    request: ModelRequest | null,
    signal: AbortSignal,
    more: Pick<HttpCallOptions, 'gate' | 'inspect'> = {},
  ): Promise<HttpCall> {
    const key = await readRequiredKey(this.#options.readKey, this.#service, ownHost);
    return openHttpCall({
      service: this.#service,
      signal,
      request,
      secret: key,
      headers: ownHeaders(key),
      accept: request ? answerType : json,
      ...more,
    });
  }
}

/** Whatever it would read from the environment, log or retry is given or turned off; the key is each call's own. */
function createClient(baseURL: string): OpenAI {
  return new OpenAI({
    baseURL,
    apiKey: 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    fetch: fetchOfCall,
    maxRetries: 0,
    logLevel: 'off',
    // The engine's deadlines decide; this one would end a slow but living call.
    timeout: 24 * 60 * 60 * 1000,
  });
}

/** vLLM's errors in a stream are chunks that say they are errors. */
function refuseErrorChunk(
  chunk: { readonly object?: string },
  call: HttpCall,
  service: HttpService,
  model: string,
  hadText: boolean,
): void {
  if (chunk.object !== 'error') return;
  throw reportedError(toServerError(null, chunk), service, call.redact, { model, hadText });
}

/** vLLM and LiteLLM also tell the context's length. */
function toModelInfo(model: { readonly id: string; readonly max_model_len?: unknown }): ModelInfo {
  const { id, max_model_len: contextTokens } = model;
  return { id, ...(typeof contextTokens === 'number' ? { contextTokens } : {}) };
}

function describe(baseUrl: string): HttpService {
  const label = baseUrl.includes(ownHost) ? 'OpenAI' : 'The OpenAI-compatible server';
  return {
    label,
    address: shownAddress(baseUrl),
    local: isLoopback(baseUrl),
    addressSetting: 'promptly.openai.baseUrl',
    exampleAddress: 'http://127.0.0.1:8000/v1',
    notRunningHint:
      'Start the server (LM Studio, llama.cpp, vLLM …) and check promptly.openai.baseUrl, which ends in /v1.',
    keyHint: 'Set the API key with “Promptly: Set API Key”, or in OPENAI_API_KEY.',
    modelHint: () =>
      'Choose a model from the list (`promptly models --backend openai`), or load this one into the server.',
  };
}
