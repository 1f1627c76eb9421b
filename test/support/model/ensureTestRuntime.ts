import { installRuntime } from '../../../src/adapters/backends/builtin/installRuntime.ts';
import { findLibrary, installedRuntimeFolder } from '../../../src/adapters/backends/builtin/runtimeFolder.ts';
import { cacheFolder } from './cacheFolder.ts';

/**
 * What `promptly.builtin.runtimePath` takes: `PROMPTLY_TEST_RUNTIME`, or an installation in the cache, made by the
 * product's own code when it is missing. Throws with the reason when there can be none.
 */
export async function ensureTestRuntime(): Promise<string> {
  const given = process.env['PROMPTLY_TEST_RUNTIME'];
  if (given !== undefined && given !== '') {
    await findLibrary(given, cacheFolder);
    return given;
  }
  if ((await findLibrary('', cacheFolder)) === null) {
    console.log(`Installing the runtime of the embedded model (npm, about 50 MB, once) in ${cacheFolder}`);
    await installRuntime(cacheFolder, () => undefined, new AbortController().signal);
  }
  return installedRuntimeFolder(cacheFolder);
}
