import { mkdir, mkdtemp, readdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { nodeFileSystem } from '../../src/adapters/node/nodeFileSystem.ts';
import { findPromptFiles } from '../../src/adapters/node/findPromptFiles.ts';
import { parsePromptFile } from '../../src/core/formats/parsePromptFile.ts';
import type { PromptLookup } from '../../src/core/ports/promptLookup.ts';
import { openSharing, type Sharing } from '../../src/sharing.ts';

export interface SharingFolder extends Sharing {
  readonly folder: string;
  write(file: string, content: string | Uint8Array): Promise<string>;
  /** Every file by its path, `/` everywhere. */
  all(): Promise<Record<string, string>>;
}

/** A workspace folder on the disk, holding these files. */
export async function sharingFolder(
  files: Readonly<Record<string, string | Uint8Array>> = {},
): Promise<SharingFolder> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), 'promptly-sharing-')));
  const write = async (file: string, content: string | Uint8Array): Promise<string> => {
    const target = path.join(folder, file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, content);
    return target;
  };
  for (const [file, content] of Object.entries(files)) await write(file, content);
  const sharing = await openSharing({ folder, prompts: lookUp(folder), skillFileLimitBytes: 256 * 1024 });
  return { ...sharing, folder, write, all: () => readAll(folder) };
}

function lookUp(folder: string): PromptLookup {
  const parse = async (file: string) => parsePromptFile(await nodeFileSystem.readText(file), file);
  return {
    async find(reference, from) {
      if (/\.ya?ml$/i.test(reference)) {
        const file = nodeFileSystem.resolve(from, reference);
        const isThere = await nodeFileSystem.realPath(file).catch(() => null);
        return isThere === null ? { status: 'not-found' } : { status: 'found', file: await parse(file) };
      }
      const parsed = await Promise.all((await findPromptFiles(folder)).map(parse));
      const named = parsed.filter(({ name }) => name === reference);
      const [only] = named;
      if (only === undefined) return { status: 'not-found' };
      return named.length === 1
        ? { status: 'found', file: only }
        : { status: 'ambiguous', paths: named.map((each) => each.path) };
    },
  };
}

async function readAll(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  const texts = await Promise.all(
    files
      .sort()
      .map(async (file) => [path.relative(folder, file).replaceAll('\\', '/'), await readFile(file, 'utf8')]),
  );
  return Object.fromEntries(texts) as Record<string, string>;
}
