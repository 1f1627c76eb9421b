import { APIError } from '@anthropic-ai/sdk/error';
import type { ModelRequest } from '../../../core/domain/chat.ts';
import type { BackendHealth, ModelBackend, ModelEvent, ModelInfo } from '../../../core/ports/modelBackend.ts';
import type { SendGate } from '../../../core/ports/sendGate.ts';
import { clientError } from '../clientError.ts';
import { refuseEmptyAnswer } from '../emptyAnswer.ts';
import { probeHealth } from '../healthProbe.ts';
import { brokenAnswer, openHttpCall, throughCall, type HttpCall } from '../httpCall.ts';
import { isLoopback, shownAddress, type HttpService } from '../httpService.ts';
import { readRequiredKey } from '../missingKey.ts';
import { ownHeaders } from '../ownHeaders.ts';
import { watchEnd } from '../watchEnd.ts';
import { ClaudeAnswer } from './claudeAnswer.ts';
import { ClaudeClient } from './claudeClient.ts';
import { outcomeNotice, toOutcome } from './claudeOutcome.ts';
import { claudeNotApplied, toClaudeRequest } from './toClaudeRequest.ts';

export interface AnthropicBackendOptions {
  /** Empty for Anthropic's own. */
  readonly baseUrl?: string;
  readonly readKey: () => Promise<string | undefined>;
  readonly defaultModel: string;
}

const ownHost = 'api.anthropic.com';
const eventStream = /^text\/event-stream/i;
const lastEvent = /(^|\n)event: ?message_stop\r?\ndata:[^\n]*\n\r?\n$/;
const json = /^application\/json/i;

export function createAnthropicBackend(options: AnthropicBackendOptions): ModelBackend {
  return new AnthropicBackend(options);
}

class AnthropicBackend implements ModelBackend {
  readonly id = 'claude';
  readonly entersGate = true;
  readonly defaultModel: string | null;
  readonly notApplied = claudeNotApplied;
  readonly #options: AnthropicBackendOptions;
  readonly #baseUrl: string;
  readonly #service: HttpService;
  readonly #client: ClaudeClient;

  constructor(options: AnthropicBackendOptions) {
    this.#options = options;
    this.#baseUrl = options.baseUrl?.trim() || `https://${ownHost}`;
    this.#service = describe(this.#baseUrl);
    this.defaultModel = options.defaultModel === '' ? null : options.defaultModel;
    this.#client = new ClaudeClient(this.#baseUrl);
  }

  async *stream(request: ModelRequest, signal: AbortSignal, gate?: SendGate): AsyncGenerator<ModelEvent> {
    signal.throwIfAborted();
    const { body, headers } = toClaudeRequest(request);
    const call = await this.#open(request, signal, headers, gate);
    const answer = new ClaudeAnswer();
    let isWhole = false;
    try {
      const fetchOptions = throughCall(call);
      // The bare events: the client's helper for streams keeps a copy of all it hears and costs as much as the call.
      const parts = await this.#client.messages.create(body, { fetchOptions });
      for await (const part of parts) {
        const event = answer.read(part);
        if (event !== null) yield event;
      }
      // The client ends an aborted stream as if it were complete.
      signal.throwIfAborted();
      const message = answer.message;
      if (message === null) throw brokenAnswer(this.#service, answer.hadText);
      const outcome = toOutcome(message);
      refuseEmptyAnswer(this.#service, answer.hadText || answer.hadThoughts, outcome);
      const notice = outcomeNotice(message, answer.hadText);
      if (notice) yield { type: 'notice', message: notice };
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
    const models: ModelInfo[] = [];
    let isWhole = false;
    try {
      const list = this.#client.models.list({ limit: 100 }, { fetchOptions: throughCall(call) });
      for await (const model of list) {
        const contextTokens = model.max_input_tokens;
        models.push({ id: model.id, label: model.display_name, ...(contextTokens ? { contextTokens } : {}) });
      }
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
      const models = `${length} ${length === 1 ? 'model' : 'models'}`;
      return { status: 'ready', detail: `Claude at ${this.#service.address}, ${models}` };
    });
  }

  async #open(
    request: ModelRequest | null,
    signal: AbortSignal,
    headers: Readonly<Record<string, string>> = {},
    gate?: SendGate,
  ): Promise<HttpCall> {
    const key = await readRequiredKey(this.#options.readKey, this.#service, ownHost);
    // Gateways still look for the key where it was sent before.
    const elsewhere = key !== undefined && !this.#service.address.includes(`//${ownHost}`);
    return openHttpCall({
      service: this.#service,
      signal,
      gate,
      request,
      secret: key,
      headers: ownHeaders(key, { ...headers, ...(elsewhere ? { 'x-api-key': key } : {}) }),
      accept: request ? eventStream : json,
      ...(request && { inspect: () => watchEnd(lastEvent) }),
    });
  }
}

function describe(baseUrl: string): HttpService {
  return {
    label: 'Claude',
    address: shownAddress(baseUrl),
    local: isLoopback(baseUrl),
    addressSetting: 'promptly.claude.baseUrl',
    exampleAddress: 'https://example.com',
    notRunningHint:
      'Start the server at that address, or empty promptly.claude.baseUrl to use Anthropic’s own.',
    keyHint:
      'Set the API key with “Promptly: Set API Key”, or in ANTHROPIC_API_KEY; keys are made at https://platform.claude.com.',
    modelHint: () =>
      'Choose a model from the list (`promptly models --backend claude`), and check that your key may use it.',
  };
}
