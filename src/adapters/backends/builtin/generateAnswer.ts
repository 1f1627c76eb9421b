import { BackendError } from '../../../core/domain/backendError.ts';
import type { ChatMessage, FinishReason, ResponseFormat } from '../../../core/domain/chat.ts';
import { toGrammarSchema } from './grammarSchema.ts';
import type {
  ChatHistoryItem,
  ChatOptions,
  Llama,
  LlamaGrammar,
  LlamaSequence,
  Token,
} from './llamaLibrary.ts';
import type { ModelHolder } from './loadedModel.ts';
import { createRepetitionGuard, type RepetitionGuard } from './repetitionGuard.ts';
import type { FromWorker, GenerateMessage, Sampling } from './workerMessages.ts';

type Send = (message: FromWorker) => void;

/** Room for an answer that the prompt must leave, and the smallest and largest context made without being asked. */
const leastAnswerTokens = 16;
const smallestContextTokens = 256;
const usualContextTokens = 4096;
const largestContextTokens = 32_768;
/** For a model without a chat template, unless the file says another; tuned models go without. */
const rawRepeatPenalty = 1.1;
/** Evaluated at a stretch; between two stretches a cancel is heard. */
const stretchTokens = { cpu: 64, gpu: 512 };

export async function generateAnswer(
  request: GenerateMessage,
  holder: ModelHolder,
  signal: AbortSignal,
  send: Send,
): Promise<void> {
  const { id } = request;
  const { loaded, loadMs } = await holder.open(
    request.runtimeFolder,
    request.modelPath,
    signal,
    progressNotices(id, send),
  );
  if (loadMs !== null && !loaded.hasChatTemplate) send({ type: 'notice', id, message: rawModelNotice });
  const grammar = await toGrammar(request.responseFormat, loaded.llama);
  const history = toHistory(request.messages);
  const wrapper = loaded.hasChatTemplate ? 'auto' : new loaded.library.AlpacaChatWrapper();

  // The template is asked for through a chat, and a chat needs a context: the smallest serves to count the tokens.
  const first = await holder.openContext(smallestContextTokens);
  const counting = new loaded.library.LlamaChat({ contextSequence: first.sequence, chatWrapper: wrapper });
  const { contextText } = counting.chatWrapper.generateContextState({ chatHistory: history });
  const tokens = contextText.tokenize(loaded.model.tokenizer);
  const wanted = contextFor(tokens.length, request.sampling, loaded.model.trainContextSize);
  const { sequence, contextTokens } = await holder.openContext(wanted);
  signal.throwIfAborted();

  const chat = new loaded.library.LlamaChat({ contextSequence: sequence, chatWrapper: wrapper });
  await readPrompt(
    tokens,
    sequence,
    loaded.llama.gpu === false ? stretchTokens.cpu : stretchTokens.gpu,
    signal,
  );
  const before = sequence.tokenMeter.usedOutputTokens;
  const room = Math.min(contextTokens, wanted) - tokens.length - 1;
  const isRaw = !loaded.hasChatTemplate;
  const guard = isRaw && !grammar && request.sampling.repeatPenalty === null ? createRepetitionGuard() : null;
  const enough = new AbortController();
  const { metadata } = await chat.generateResponse(history, {
    ...toChatOptions(request.sampling, room, isRaw),
    ...(grammar ? { grammar } : {}),
    signal: AbortSignal.any([signal, enough.signal]),
    // Ends with what there is; a cancel is told from it below.
    stopOnAbortSignal: true,
    onResponseChunk: passOn(id, guard, send, enough),
  });
  signal.throwIfAborted();
  const rest = guard?.rest() ?? '';
  if (rest !== '') send({ type: 'text', id, text: rest });
  send({
    type: 'finish',
    id,
    finishReason: guard?.repeats === true ? 'stop' : toFinishReason(metadata.stopReason),
    rawFinishReason: guard?.repeats === true ? 'repetition' : metadata.stopReason,
    inputTokens: tokens.length,
    outputTokens: sequence.tokenMeter.usedOutputTokens - before,
    loadMs,
    modelVersion: loaded.version,
  });
}

const rawModelNotice =
  'This model has no chat template, so it was probably not tuned to follow instructions. It is given the prompt as "Instruction / Response"; a model with "instruct" or "it" in its name answers better.';

function passOn(
  id: number,
  guard: RepetitionGuard | null,
  send: Send,
  enough: AbortController,
): ChatOptions['onResponseChunk'] {
  return ({ type, text }) => {
    const isReasoning = type === 'segment';
    const shown = guard === null || isReasoning ? text : guard.add(text);
    if (shown !== '') send({ type: isReasoning ? 'reasoning' : 'text', id, text: shown });
    if (guard?.repeats === true) enough.abort();
  };
}

/** Reads all but the last token, a stretch at a time; the answer's generation reads the last one. */
async function readPrompt(
  tokens: Token[],
  sequence: LlamaSequence,
  stretch: number,
  signal: AbortSignal,
): Promise<void> {
  for (let start = 0; start < tokens.length - 1; start += stretch) {
    await sequence.evaluateWithoutGeneratingNewTokens(
      tokens.slice(start, Math.min(start + stretch, tokens.length - 1)),
    );
    signal.throwIfAborted();
  }
}

function toHistory(messages: readonly ChatMessage[]): ChatHistoryItem[] {
  const history = messages.map(({ role, content }): ChatHistoryItem =>
    role === 'assistant' ? { type: 'model', response: [content] } : { type: role, text: content },
  );
  if (messages.at(-1)?.role !== 'assistant') history.push({ type: 'model', response: [] });
  return history;
}

/** How large a context the request needs. Throws `context-too-long` with the numbers. */
export function contextFor(promptTokens: number, sampling: Sampling, trainContextTokens: number): number {
  const limit = sampling.contextTokens ?? Math.min(trainContextTokens, largestContextTokens);
  if (promptTokens + leastAnswerTokens > limit) {
    const why = sampling.contextTokens === null ? 'the model takes' : 'options.num_ctx allows';
    const numbers = `${promptTokens.toLocaleString('en')} tokens, and ${why} ${limit.toLocaleString('en')}`;
    throw new BackendError('context-too-long', `The prompt has ${numbers}, the answer included.`);
  }
  if (sampling.contextTokens !== null) return limit;
  const need = promptTokens + (sampling.maxTokens ?? 1024) + 1;
  return Math.min(limit, Math.max(usualContextTokens, Math.ceil(need / 1024) * 1024));
}

function toChatOptions(
  sampling: Sampling,
  room: number,
  isRaw: boolean,
): Omit<ChatOptions, 'signal' | 'stopOnAbortSignal' | 'onResponseChunk'> {
  // A raw model goes on writing the next instruction by itself.
  const stop = isRaw ? [...sampling.stop, '\n###'] : sampling.stop;
  const penalty = sampling.repeatPenalty ?? (isRaw ? rawRepeatPenalty : null);
  return {
    maxTokens: Math.min(sampling.maxTokens ?? room, room),
    temperature: sampling.temperature,
    // The library would silently drop the middle of a long prompt to make room.
    contextShift: {
      size: 1,
      strategy: () => {
        throw new BackendError('context-too-long', 'The prompt and the answer do not fit into the context.');
      },
    },
    repeatPenalty: penalty === null ? false : { penalty },
    ...(sampling.topP === null ? {} : { topP: sampling.topP }),
    ...(sampling.topK === null ? {} : { topK: sampling.topK }),
    ...(sampling.minP === null ? {} : { minP: sampling.minP }),
    ...(sampling.seed === null ? {} : { seed: sampling.seed }),
    ...(stop.length === 0 ? {} : { customStopTriggers: stop }),
    ...(sampling.thinking === false ? { budgets: { thoughtTokens: 0 } } : {}),
  };
}

async function toGrammar(format: ResponseFormat, llama: Llama): Promise<LlamaGrammar | null> {
  if (format.type === 'text') return null;
  if (format.type === 'json_object') return llama.getGrammarFor('json');
  try {
    return await llama.createGrammarForJsonSchema(toGrammarSchema(format.schema));
  } catch (cause) {
    throw new BackendError(
      'rejected',
      `The schema "${format.name}" cannot be turned into a grammar for the embedded model.`,
      {
        cause,
        hint: 'Use type, properties, items, enum, const, anyOf and $defs, or set responseFormat to json_object.',
      },
    );
  }
}

function toFinishReason(stopReason: string): FinishReason {
  if (stopReason === 'maxTokens') return 'length';
  if (stopReason === 'functionCalls') return 'tool-use';
  return /^(eogToken|stopGenerationTrigger|customStopTrigger)$/.test(stopReason) ? 'stop' : 'other';
}

function progressNotices(id: number, send: Send): (fraction: number) => void {
  let next = 0;
  return (fraction) => {
    if (fraction < next) return;
    next = Math.floor(fraction * 4 + 1) / 4;
    const percent = Math.floor(fraction * 100);
    send({
      type: 'notice',
      id,
      message: percent >= 100 ? 'The model is loaded.' : `Loading the model: ${percent} %`,
    });
  };
}
