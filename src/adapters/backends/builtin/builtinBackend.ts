import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { BackendError } from '../../../core/domain/backendError.ts';
import type { ModelRequest } from '../../../core/domain/chat.ts';
import type { Log } from '../../../core/ports/log.ts';
import type {
  BackendHealth,
  InstallProgress,
  ModelBackend,
  ModelEvent,
  ModelInfo,
} from '../../../core/ports/modelBackend.ts';
import { downloadFile } from './downloadFile.ts';
import { fromWorkerMessage } from './fromWorkerMessage.ts';
import { checkGgufHeader } from './ggufHeader.ts';
import { installRuntime, isPinned, platformPackage, unsupportedPlatform } from './installRuntime.ts';
import { defaultCatalogModel, modelCatalog } from './modelCatalog.ts';
import { modelsFolderOf } from './modelsFolder.ts';
import { toModelSource, type ModelSource } from './modelSource.ts';
import { createRequestQueue } from './requestQueue.ts';
import { findLibrary, runtimeVersion } from './runtimeFolder.ts';
import { builtinNotApplied, toSampling } from './toSampling.ts';
import { callWorker } from './workerCall.ts';
import { createWorkerKeeper, type WorkerKeeper } from './workerKeeper.ts';

export interface BuiltinBackendOptions {
  /** `promptly.builtin.model`: empty for the default of the catalogue; see `toModelSource` for what it may be. */
  readonly model: string;
  /** `promptly.builtin.runtimePath`: empty for the runtime that `install` fetches. */
  readonly runtimePath: string;
  /** Where `install` puts runtime and models. */
  readonly storageFolder: string;
  /** The built worker; by default `builtinWorker.js` beside this bundle. */
  readonly workerPath?: string;
  readonly log: Log;
  /** The worker and its memory are given back after this long without a request. */
  readonly idleShutdownMs?: number;
}

/** About what npm fetches for the runtime; measured on Linux x64. */
const runtimeDownloadBytes = 50_000_000;
const fiveMinutesMs = 300_000;

/** llama.cpp in a process of its own: a crash or an exhausted memory ends that process, never the host. */
export function createBuiltinBackend(options: BuiltinBackendOptions): ModelBackend {
  return new BuiltinBackend(options);
}

class BuiltinBackend implements ModelBackend {
  readonly id = 'builtin';
  readonly defaultModel: string;
  readonly notApplied = builtinNotApplied;
  readonly #options: BuiltinBackendOptions;
  readonly #storageFolder: string;
  readonly #queue = createRequestQueue();
  readonly #worker: WorkerKeeper;

  constructor(options: BuiltinBackendOptions) {
    this.#options = options;
    this.#storageFolder = options.storageFolder;
    this.defaultModel = options.model.trim() === '' ? defaultCatalogModel.id : options.model.trim();
    const workerPath = options.workerPath ?? path.join(__dirname, 'builtinWorker.js');
    this.#worker = createWorkerKeeper(workerPath, options.idleShutdownMs ?? fiveMinutesMs, options.log);
  }

  async *stream(request: ModelRequest, signal: AbortSignal): AsyncGenerator<ModelEvent> {
    const { source, library } = await this.#ready(request.model, signal);
    const leave = await this.#queue.enter(signal);
    const { worker, release } = this.#worker.take();
    const message = {
      type: 'generate',
      id: this.#worker.nextId(),
      runtimeFolder: library,
      modelPath: source.path,
      messages: request.messages,
      sampling: toSampling(request),
      responseFormat: request.responseFormat,
    } as const;
    const settled = () => {
      release();
      leave();
    };
    for await (const answer of callWorker(worker, message, signal, settled)) yield fromWorkerMessage(answer);
  }

  async listModels(signal: AbortSignal): Promise<readonly ModelInfo[]> {
    signal.throwIfAborted();
    const folder = modelsFolderOf(this.#storageFolder);
    const names = await readdir(folder).catch(() => []);
    const found: ModelInfo[] = [];
    for (const name of names.filter((entry) => entry.toLowerCase().endsWith('.gguf'))) {
      const known = modelCatalog.find((entry) => entry.fileName === name);
      const { size } = await stat(path.join(folder, name));
      found.push({ id: known?.id ?? name, label: known?.label ?? name, sizeBytes: size });
    }
    if (!found.some((model) => model.id === this.defaultModel)) {
      const source = toModelSource(this.defaultModel, folder);
      const size = await sizeOf(source.path);
      if (size !== null) found.unshift({ id: this.defaultModel, label: source.label, sizeBytes: size });
    }
    return found;
  }

  async checkHealth(): Promise<BackendHealth> {
    try {
      const { source, library } = await this.#look(this.defaultModel);
      if (library !== null && source.present) {
        return {
          status: 'ready',
          detail: `the embedded model ${source.label}`,
        };
      }
      if (!source.present && !source.download) throw noFile(source);
      const hint = describeSetup(source, library === null);
      return { status: 'needs-setup', detail: 'The embedded model is not installed yet.', hint };
    } catch (error) {
      if (!BackendError.is(error)) throw error;
      return { status: 'unavailable', detail: error.message, hint: error.hint ?? '' };
    }
  }

  async install(
    model: string,
    onProgress: (progress: InstallProgress) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const { source, library } = await this.#look(model);
    const runtimeShare = library !== null ? 0 : source.present ? 1 : 0.1;
    if (library === null) {
      const message = `Installing the runtime (llama.cpp, node-llama-cpp ${runtimeVersion}) with npm`;
      onProgress({ message, fraction: 0 });
      const report = (fraction: number) => onProgress({ message, fraction: fraction * runtimeShare });
      await installRuntime(this.#storageFolder, report, signal);
    }
    await this.#probe(signal);
    if (source.present) return;
    if (!source.download) throw noFile(source);
    await downloadFile(
      source.download,
      source.path,
      ({ receivedBytes, totalBytes }) =>
        onProgress({
          message: `Downloading ${source.label}: ${megabytes(receivedBytes)} of ${totalBytes === null ? 'an unknown size' : megabytes(totalBytes)}`,
          fraction:
            totalBytes === null ? null : runtimeShare + (1 - runtimeShare) * (receivedBytes / totalBytes),
        }),
      signal,
    );
  }

  async dispose(): Promise<void> {
    await this.#worker.dispose();
  }

  /** Says early, and in words, when the native part does not load on this machine. */
  async #probe(signal: AbortSignal): Promise<void> {
    const library = await findLibrary(this.#options.runtimePath, this.#storageFolder);
    if (library === null) throw new Error('the runtime is not where it was installed');
    const leave = await this.#queue.enter(signal);
    const { worker, release } = this.#worker.take();
    const request = { type: 'probe', id: this.#worker.nextId(), runtimeFolder: library } as const;
    const settled = () => {
      release();
      leave();
    };
    for await (const answer of callWorker(worker, request, signal, settled)) {
      if (answer.type === 'probed') this.#options.log.info(`Embedded runtime: ${answer.description}`);
      else fromWorkerMessage(answer);
    }
  }

  async #look(model: string) {
    const source = toModelSource(
      model === '' ? this.defaultModel : model,
      modelsFolderOf(this.#storageFolder),
    );
    const library = await findLibrary(this.#options.runtimePath, this.#storageFolder);
    if (library === null && platformPackage() === null) throw unsupportedPlatform();
    const present = (await sizeOf(source.path)) !== null;
    return { source: { ...source, present }, library };
  }

  async #ready(model: string, signal: AbortSignal) {
    signal.throwIfAborted();
    const { source, library } = await this.#look(model);
    if (!source.present && !source.download) throw noFile(source);
    if (library === null || !source.present) {
      const what =
        library === null ? 'The runtime of the embedded backend' : `The embedded model ${source.label}`;
      throw new BackendError('model-not-found', `${what} is not installed yet.`, {
        hint: describeSetup(source, library === null),
      });
    }
    await checkGgufHeader(source.path);
    return { source, library };
  }
}

function noFile(source: ModelSource): BackendError {
  return new BackendError('model-not-found', `The model file ${source.path} does not exist.`, {
    hint: 'Check promptly.builtin.model, or leave it empty for the default model.',
  });
}

/** What would be fetched, how much, from whom, under which licence: what a person agrees to. */
function describeSetup(source: ModelSource & { readonly present: boolean }, needsRuntime: boolean): string {
  const parts: string[] = [];
  if (needsRuntime) {
    const native = platformPackage();
    const trust =
      native !== null && !isPinned(native) ? ', checked against the registry' : ', checksums pinned';
    parts.push(
      `the runtime node-llama-cpp ${runtimeVersion} with npm (about ${megabytes(runtimeDownloadBytes)}, MIT${trust})`,
    );
  }
  if (!source.present && source.download) {
    const { sizeBytes, licence, url, sha256 } = source.download;
    const facts = [
      sizeBytes === null ? 'size unknown' : megabytes(sizeBytes),
      licence ?? 'licence: see its page',
      sha256 === null ? 'no checksum known' : 'checksum pinned',
    ];
    parts.push(`the model ${source.label} from ${new URL(url).host} (${facts.join(', ')})`);
  }
  return `Download ${parts.join(' and ')}.`;
}

const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;

async function sizeOf(file: string): Promise<number | null> {
  return stat(file).then(
    (found) => found.size,
    () => null,
  );
}
