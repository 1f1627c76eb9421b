import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { JsonObject } from '../../../core/domain/json.ts';

// The part of node-llama-cpp 3 that is used here. The library is not among our dependencies (its native part is larger
// than everything else together): it is loaded from the folder where it was installed.

export type Token = number & { readonly brand: 'token' };

export interface LlamaLibrary {
  getLlama(options: {
    readonly gpu: 'auto';
    readonly build: 'never';
    readonly skipDownload: boolean;
    readonly progressLogs: boolean;
    readonly logLevel: 'warn';
    readonly logger: (level: string, message: string) => void;
  }): Promise<Llama>;
  readonly LlamaChat: new (options: {
    readonly contextSequence: LlamaSequence;
    readonly chatWrapper: 'auto' | ChatWrapper;
  }) => LlamaChat;
  readonly AlpacaChatWrapper: new () => ChatWrapper;
}

export interface Llama {
  /** false: the processor alone. */
  readonly gpu: string | false;
  readonly cpuMathCores: number;
  loadModel(options: {
    readonly modelPath: string;
    readonly loadSignal: AbortSignal;
    readonly onLoadProgress: (fraction: number) => void;
  }): Promise<LlamaModel>;
  createGrammarForJsonSchema(schema: JsonObject): Promise<LlamaGrammar>;
  getGrammarFor(type: 'json'): Promise<LlamaGrammar>;
}

export interface LlamaModel {
  readonly trainContextSize: number;
  readonly tokenizer: unknown;
  readonly fileInfo: { readonly metadata: { readonly tokenizer?: { readonly chat_template?: string } } };
  createContext(options: {
    readonly contextSize: { readonly min: number; readonly max: number };
    readonly threads: number;
  }): Promise<LlamaContext>;
  dispose(): Promise<void>;
}

export interface LlamaContext {
  readonly contextSize: number;
  getSequence(): LlamaSequence;
  dispose(): Promise<void>;
}

export interface LlamaSequence {
  readonly tokenMeter: { readonly usedOutputTokens: number };
  clearHistory(): Promise<void>;
  evaluateWithoutGeneratingNewTokens(tokens: Token[]): Promise<void>;
}

export type ChatHistoryItem =
  | { readonly type: 'system' | 'user'; readonly text: string }
  | { readonly type: 'model'; readonly response: string[] };

export interface ChatWrapper {
  generateContextState(options: { readonly chatHistory: readonly ChatHistoryItem[] }): {
    readonly contextText: { tokenize(tokenizer: unknown): Token[] };
  };
}

/** Opaque to us. */
export interface LlamaGrammar {
  readonly grammar: string;
}

export interface LlamaChat {
  readonly chatWrapper: ChatWrapper;
  generateResponse(
    history: ChatHistoryItem[],
    options: ChatOptions,
  ): Promise<{
    readonly metadata: { readonly stopReason: string };
  }>;
}

export interface ChatOptions {
  readonly signal: AbortSignal;
  /** true: an abort ends the answer with what there is instead of throwing. */
  readonly stopOnAbortSignal: boolean;
  readonly onResponseChunk: (chunk: { readonly type: 'segment' | undefined; readonly text: string }) => void;
  readonly maxTokens: number;
  readonly temperature: number;
  readonly contextShift: { readonly size: number; readonly strategy: () => never };
  readonly topP?: number;
  readonly topK?: number;
  readonly minP?: number;
  readonly seed?: number;
  readonly repeatPenalty?: false | { readonly penalty: number };
  readonly customStopTriggers?: readonly string[];
  readonly budgets?: { readonly thoughtTokens: number };
  readonly grammar?: LlamaGrammar;
}

/** `folder` is that of the package itself. */
export async function importLibrary(folder: string): Promise<LlamaLibrary> {
  const library: unknown = await import(pathToFileURL(path.join(folder, 'dist', 'index.js')).href);
  if (!isLibrary(library)) throw new Error(`${folder} holds no node-llama-cpp that can be used`);
  return library;
}

function isLibrary(value: unknown): value is LlamaLibrary {
  return (
    typeof value === 'object' &&
    value !== null &&
    'getLlama' in value &&
    typeof value.getLlama === 'function' &&
    'LlamaChat' in value &&
    'AlpacaChatWrapper' in value
  );
}
