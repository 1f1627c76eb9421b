import os from 'node:os';
import path from 'node:path';
import { BackendError } from '../../../core/domain/backendError.ts';
import { hubAddress, modelCatalog } from './modelCatalog.ts';

/** Where a model lies, and where it would come from; `download` is null for the user's own file. */
export interface ModelSource {
  readonly path: string;
  readonly label: string;
  readonly download: ModelDownload | null;
}

export interface ModelDownload {
  readonly url: string;
  /** null when nobody has told us. */
  readonly sizeBytes: number | null;
  readonly sha256: string | null;
  readonly licence: string | null;
}

/**
 * Reads a model's name: a path to a `.gguf` file, a name of the catalogue, `hf:owner/repository/file.gguf` (with
 * `@revision` after the repository where wanted), an https address of a `.gguf`, or the name of a file in the models
 * folder. Throws `BackendError` for anything else.
 */
export function toModelSource(
  model: string,
  modelsFolder: string,
  environment: NodeJS.ProcessEnv = process.env,
): ModelSource {
  const name = model.trim();
  const known = modelCatalog.find((entry) => entry.id === name || entry.fileName === name);
  if (known) {
    const url = `${hubAddress(environment)}/${known.hubPath}`;
    return { path: path.join(modelsFolder, known.fileName), label: known.label, download: { ...known, url } };
  }
  if (name.startsWith('hf:')) return fromHub(name, modelsFolder, environment);
  if (/^https?:\/\//.test(name)) return fromAddress(name, modelsFolder);
  const home = /^~[/\\]/.test(name) ? path.join(os.homedir(), name.slice(2)) : name;
  if (path.isAbsolute(home)) return ownFile(home);
  if (/[/\\]/.test(name)) {
    throw notAModel(name, 'a path to a model has to be absolute');
  }
  if (!/\.gguf$/i.test(name)) throw notAModel(name, 'no model of the catalogue has this name');
  return ownFile(path.join(modelsFolder, name));
}

function ownFile(file: string): ModelSource {
  return { path: file, label: path.basename(file), download: null };
}

function fromHub(name: string, modelsFolder: string, environment: NodeJS.ProcessEnv): ModelSource {
  const parts = /^hf:([\w.-]+)\/([\w.-]+)(?:@([\w.-]+))?\/([\w.-]+\.gguf)$/i.exec(name);
  if (!parts) throw notAModel(name, 'an address on the hub reads hf:owner/repository/file.gguf');
  const [, owner = '', repository = '', revision = 'main', file = ''] = parts;
  const url = `${hubAddress(environment)}/${owner}/${repository}/resolve/${revision}/${file}`;
  // The owner and repository are part of the name: two repositories may hold files of one name.
  return fetched(url, path.join(modelsFolder, `${owner}--${repository}--${file}`), file);
}

function fromAddress(name: string, modelsFolder: string): ModelSource {
  const url = URL.canParse(name) ? new URL(name) : null;
  const file = url ? path.posix.basename(url.pathname) : '';
  if (!url || !/^[\w.-]+\.gguf$/i.test(file)) throw notAModel(name, 'the address has to end in a .gguf file');
  return fetched(url.href, path.join(modelsFolder, `${url.hostname}--${file}`), file);
}

function fetched(url: string, file: string, label: string): ModelSource {
  return { path: file, label, download: { url, sizeBytes: null, sha256: null, licence: null } };
}

function notAModel(name: string, why: string): BackendError {
  const names = modelCatalog.map((entry) => entry.id).join(', ');
  return new BackendError('model-not-found', `The embedded backend has no model "${name}": ${why}.`, {
    hint: `Use ${names}, the absolute path of a .gguf file, or hf:owner/repository/file.gguf.`,
  });
}
