import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { BackendError } from '../../../core/domain/backendError.ts';
import {
  importLibrary,
  type Llama,
  type LlamaContext,
  type LlamaLibrary,
  type LlamaModel,
  type LlamaSequence,
} from './llamaLibrary.ts';

export interface LoadedModel {
  readonly library: LlamaLibrary;
  readonly llama: Llama;
  readonly model: LlamaModel;
  /** The chat template is what tells a tuned model from a raw one. */
  readonly hasChatTemplate: boolean;
  readonly version: string;
}

interface Runtime {
  readonly folder: string;
  readonly library: LlamaLibrary;
  readonly llama: Llama;
  readonly version: string;
}

/** Keeps one runtime, one model and one context of the worker's process. */
export class ModelHolder {
  #runtime: Runtime | null = null;
  #model: (LoadedModel & { readonly path: string }) | null = null;
  #context: LlamaContext | null = null;
  #sequence: LlamaSequence | null = null;
  /** What the library said at level error, since the last load began. */
  #complaints: string[] = [];

  async openRuntime(folder: string): Promise<Runtime> {
    if (this.#runtime?.folder === folder) return this.#runtime;
    try {
      const manifest: unknown = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
      const library = await importLibrary(folder);
      const llama = await library.getLlama({
        gpu: 'auto',
        // Never compile and never fetch on its own: what runs is what the user agreed to.
        build: 'never',
        skipDownload: true,
        progressLogs: false,
        logLevel: 'warn',
        logger: (level, message) => this.#note(level, message),
      });
      const version = (manifest as { version?: string }).version ?? 'unknown';
      return (this.#runtime = { folder, library, llama, version });
    } catch (cause) {
      throw runtimeFailure(folder, cause);
    }
  }

  /** null for `loadMs` when the model was there already. */
  async open(
    folder: string,
    modelPath: string,
    signal: AbortSignal,
    onProgress: (fraction: number) => void,
  ): Promise<{ loaded: LoadedModel; loadMs: number | null }> {
    if (this.#runtime?.folder === folder && this.#model?.path === modelPath) {
      return { loaded: this.#model, loadMs: null };
    }
    const startMs = performance.now();
    await this.#unload();
    const { library, llama, version } = await this.openRuntime(folder);
    this.#complaints = [];
    let model: LlamaModel;
    try {
      model = await llama.loadModel({ modelPath, loadSignal: signal, onLoadProgress: onProgress });
    } catch (cause) {
      signal.throwIfAborted();
      // The library's complaints arrive a moment after the error that they explain.
      await sleep(100);
      throw loadFailure(modelPath, cause, this.#complaints);
    }
    const template = model.fileInfo.metadata.tokenizer?.chat_template;
    this.#model = {
      path: modelPath,
      library,
      llama,
      model,
      hasChatTemplate: template !== undefined && template !== '',
      version: `${path.basename(modelPath)}, node-llama-cpp ${version}${llama.gpu ? `, ${llama.gpu}` : ''}`,
    };
    return { loaded: this.#model, loadMs: Math.round(performance.now() - startMs) };
  }

  /** An empty context of at least `tokens`; a larger one that is there is used again. */
  async openContext(tokens: number): Promise<{ sequence: LlamaSequence; contextTokens: number }> {
    if (!this.#model) throw new Error('no model is loaded');
    if (!this.#context || !this.#sequence || this.#context.contextSize < tokens) {
      await this.#context?.dispose();
      this.#context = this.#sequence = null;
      try {
        const { model, llama } = this.#model;
        const context = await model.createContext({
          contextSize: { min: tokens, max: tokens },
          threads: threadsFor(llama.cpuMathCores),
        });
        this.#context = context;
        this.#sequence = context.getSequence();
      } catch (cause) {
        throw contextFailure(tokens, cause);
      }
    }
    // Always from an empty state: what an earlier request left would change the last bits of the numbers, and with them the answer.
    await this.#sequence.clearHistory();
    return { sequence: this.#sequence, contextTokens: this.#context.contextSize };
  }

  async #unload(): Promise<void> {
    await this.#context?.dispose();
    await this.#model?.model.dispose();
    this.#context = this.#sequence = this.#model = null;
  }

  #note(level: string, message: string): void {
    if (level === 'error' || level === 'fatal') this.#complaints.push(message);
    process.stderr.write(`[${level}] ${message.trimEnd()}\n`);
  }
}

/**
 * The library's threads wait for each other by spinning, so one that has to share its core slows all of them a
 * hundredfold. A quarter of the cores is left to the editor and the rest of the machine.
 */
function threadsFor(cores: number): number {
  return Math.max(1, Math.floor(cores * 0.75));
}

function runtimeFailure(folder: string, cause: unknown): BackendError {
  return new BackendError('internal', `The runtime in ${folder} does not load on this machine.`, {
    cause,
    hint: 'Delete that folder and install the runtime again, or build one for this machine ("npx node-llama-cpp source build") and name it in promptly.builtin.runtimePath.',
  });
}

function loadFailure(modelPath: string, cause: unknown, complaints: readonly string[]): BackendError {
  const text = [cause instanceof Error ? cause.message : '', ...complaints].join('\n');
  if (
    /not within the file bounds|incomplete|failed to read (key-value|tensor)|unexpected end|Invalid GGUF/i.test(
      text,
    )
  ) {
    return new BackendError('model-not-found', `${modelPath} is damaged or was not downloaded completely.`, {
      cause,
      hint: 'Delete the file and download it again.',
    });
  }
  if (isMemory(cause, text)) {
    return new BackendError(
      'rejected',
      `${path.basename(modelPath)} needs more memory than this machine has free.`,
      {
        cause,
        hint: 'Set a smaller model in promptly.builtin.model, or close other programs.',
      },
    );
  }
  return new BackendError('model-not-found', `${modelPath} is no model that the embedded runtime can load.`, {
    cause,
    hint: 'The log says what the runtime did not like. A newer runtime may know the model: see promptly.builtin.runtimePath.',
  });
}

function contextFailure(tokens: number, cause: unknown): BackendError {
  if (!isMemory(cause, cause instanceof Error ? cause.message : '')) {
    return new BackendError('internal', 'The embedded runtime could not make a context for this model.', {
      cause,
    });
  }
  return new BackendError(
    'rejected',
    `There is not enough free memory for a context of ${tokens.toLocaleString('en')} tokens.`,
    { cause, hint: 'Lower maxTokens or options.num_ctx, shorten the input, or use a smaller model.' },
  );
}

function isMemory(cause: unknown, text: string): boolean {
  const name = cause instanceof Error ? cause.constructor.name : '';
  return (
    name === 'InsufficientMemoryError' || /insufficient|out of memory|too large to fit|not enough/i.test(text)
  );
}
