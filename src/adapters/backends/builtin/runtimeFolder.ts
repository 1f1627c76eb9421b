import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { BackendError } from '../../../core/domain/backendError.ts';
import runtimeLock from './runtimeLock.json' with { type: 'json' };

export const runtimeVersion = runtimeLock.version;

/** Where `install` puts the runtime: one folder a version, so that an update never disturbs a process that runs. */
export function installedRuntimeFolder(storageFolder: string): string {
  return path.join(storageFolder, `runtime-${runtimeVersion}-${process.platform}-${process.arch}`);
}

/**
 * The folder of node-llama-cpp itself: the installation the user named, else the one `install` made; null when the
 * latter is not there yet. Throws `BackendError` when the user's is none.
 */
export async function findLibrary(runtimePath: string, storageFolder: string): Promise<string | null> {
  if (runtimePath.trim() === '') {
    const folder = path.join(installedRuntimeFolder(storageFolder), 'node_modules', 'node-llama-cpp');
    return (await libraryVersion(folder)) === null ? null : folder;
  }
  if (!path.isAbsolute(runtimePath)) throw noRuntime(runtimePath, 'the path has to be absolute');
  const candidates = [path.join(runtimePath, 'node_modules', 'node-llama-cpp'), runtimePath];
  for (const folder of candidates) {
    const version = await libraryVersion(folder);
    if (version === null) continue;
    if (version.startsWith('3.')) return folder;
    throw noRuntime(runtimePath, `it holds node-llama-cpp ${version}; version 3 is needed`);
  }
  throw noRuntime(runtimePath, 'there is no node-llama-cpp in it');
}

async function libraryVersion(folder: string): Promise<string | null> {
  try {
    const manifest: unknown = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
    if (typeof manifest !== 'object' || manifest === null || !('name' in manifest)) return null;
    if (manifest.name !== 'node-llama-cpp' || !('version' in manifest)) return null;
    return typeof manifest.version === 'string' ? manifest.version : null;
  } catch {
    return null;
  }
}

function noRuntime(runtimePath: string, why: string): BackendError {
  return new BackendError(
    'model-not-found',
    `promptly.builtin.runtimePath (${runtimePath}) cannot be used: ${why}.`,
    {
      hint: 'Give the absolute path of a folder in which "npm install node-llama-cpp@3" was run, or leave it empty.',
    },
  );
}
