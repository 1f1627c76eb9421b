import * as vscode from 'vscode';
import type { HostParts } from '../../composition.ts';
import { BackendError } from '../../core/domain/backendError.ts';
import type { ChatMessage, ModelParameters, ModelRequest, Usage } from '../../core/domain/chat.ts';
import { unknownUsage } from '../../core/domain/chat.ts';
import { editorModelsTakeNo } from '../../core/domain/modelTakes.ts';
import type { NotApplied } from '../../core/domain/runEvent.ts';
import type { BackendHealth, ModelBackend, ModelEvent } from '../../core/ports/modelBackend.ts';
import { toLanguageModelFailure } from './languageModelFailure.ts';

type OwnBackend = NonNullable<HostParts['ownBackends']>[number];

/** `copilot`: the language models that VS Code itself offers. Only this host has them. */
export function languageModelEntry(access: vscode.LanguageModelAccessInformation): OwnBackend {
  return {
    id: 'copilot',
    label: 'Copilot (VS Code language models)',
    local: false,
    configuration: '',
    create: () => Promise.resolve(createLanguageModelBackend(access)),
  };
}

function createLanguageModelBackend(access: vscode.LanguageModelAccessInformation): ModelBackend {
  return {
    id: 'copilot',
    defaultModel: null,
    stream,
    notApplied: ({ parameters }) => notTaken(parameters),
    listModels: async () =>
      (await vscode.lm.selectChatModels()).map((model) => ({
        id: model.id,
        label: `${model.name} (${model.vendor})`,
        contextTokens: model.maxInputTokens,
      })),
    checkHealth: () => checkHealth(access),
  };
}

async function checkHealth(access: vscode.LanguageModelAccessInformation): Promise<BackendHealth> {
  const models = await vscode.lm.selectChatModels();
  const allowed = models.filter((model) => access.canSendRequest(model) !== false);
  if (models.length === 0) {
    const hint = 'Sign in to GitHub Copilot or install an extension that offers models.';
    return { status: 'unavailable', detail: 'the editor offers no language model', hint };
  }
  if (allowed.length === 0) {
    return { status: 'unavailable', detail: 'not allowed', hint: 'Allow it in the Accounts menu.' };
  }
  return { status: 'ready', detail: `${allowed.length} models in the editor` };
}

async function* stream(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelEvent> {
  if (request.responseFormat.type !== 'text') {
    throw new BackendError('rejected', 'VS Code language models have no structured output.', {
      hint: 'Choose another backend, or remove responseFormat from the file.',
    });
  }
  const model = await findModel(request.model);
  const cancellation = new vscode.CancellationTokenSource();
  const cancel = (): void => cancellation.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  const messages = toMessages(request.messages);
  let output = '';
  try {
    signal.throwIfAborted();
    const options = {
      justification: 'Promptly runs a prompt file that you chose to run.',
      modelOptions: { ...request.parameters.options },
    };
    const response = await model.sendRequest(messages, options, cancellation.token);
    for await (const text of response.text) {
      output += text;
      yield { type: 'text-delta', text };
    }
    signal.throwIfAborted();
  } catch (error) {
    if (signal.aborted || BackendError.is(error)) throw error;
    throw asFailure(error);
  } finally {
    signal.removeEventListener('abort', cancel);
    cancellation.cancel();
    cancellation.dispose();
  }
  yield {
    type: 'finish',
    finishReason: 'stop',
    rawFinishReason: null,
    usage: await count(model, messages, output),
    modelVersion: `${model.vendor}/${model.family}/${model.version}`,
  };
}

async function findModel(id: string): Promise<vscode.LanguageModelChat> {
  const models = await vscode.lm.selectChatModels();
  const found = models.find((model) => model.id === id) ?? models.find((model) => model.family === id);
  if (found !== undefined) return found;
  throw new BackendError('model-not-found', `The editor offers no language model "${id}".`, {
    hint: models.length === 0 ? 'Sign in to GitHub Copilot.' : 'Choose one of the models it offers.',
  });
}

/** There is no system role: its text goes in front of the first message of the user. */
function toMessages(messages: readonly ChatMessage[]): vscode.LanguageModelChatMessage[] {
  const system = messages.filter(({ role }) => role === 'system').map(({ content }) => content);
  const others = messages.filter(({ role }) => role !== 'system');
  const opening = system.length === 0 ? [] : [vscode.LanguageModelChatMessage.User(system.join('\n\n'))];
  return [
    ...opening,
    ...others.map(({ role, content }) =>
      role === 'assistant'
        ? vscode.LanguageModelChatMessage.Assistant(content)
        : vscode.LanguageModelChatMessage.User(content),
    ),
  ];
}

function asFailure(error: unknown): BackendError {
  const isOurs = error instanceof vscode.LanguageModelError;
  const cause = isOurs && error.cause instanceof Error ? ` ${error.cause.message}` : '';
  const message = error instanceof Error ? error.message + cause : '';
  return toLanguageModelFailure(isOurs ? error.code : '', message, error);
}

/** The API reports no usage; the model's own counter is the next best. */
async function count(
  model: vscode.LanguageModelChat,
  messages: readonly vscode.LanguageModelChatMessage[],
  output: string,
): Promise<Usage> {
  try {
    const inputs = await Promise.all(messages.map((message) => model.countTokens(message)));
    const outputTokens = await model.countTokens(output);
    return { ...unknownUsage, inputTokens: inputs.reduce((sum, n) => sum + n, 0), outputTokens };
  } catch {
    return unknownUsage;
  }
}

function notTaken(parameters: ModelParameters): readonly NotApplied[] {
  return editorModelsTakeNo
    .filter((parameter) => parameters[parameter] !== undefined)
    .map((parameter) => ({ parameter, reason: 'VS Code language models do not take it' }));
}
