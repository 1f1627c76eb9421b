import type { ParsedFile } from '../../core/domain/parsedFile.ts';
import type { PromptFound, PromptLookup } from '../../core/ports/promptLookup.ts';
import { nodeFileSystem } from './nodeFileSystem.ts';

export interface LookupFolder {
  /** Absolute, links resolved. */
  readonly folder: string;
  /** Every prompt file, by the name in its header. Reads all of them. */
  readonly list: () => Promise<readonly { readonly name: string; readonly path: string }[]>;
  readonly parse: (file: string) => Promise<ParsedFile>;
}

/** Finds prompt files of a folder on the disk: by name as it is now, or by path. */
export function createFolderLookup({ folder, list, parse }: LookupFolder): Required<PromptLookup> {
  return {
    find: (reference, from) =>
      /\.ya?ml$/i.test(reference)
        ? findByPath(folder, parse, nodeFileSystem.resolve(from, reference), reference)
        : findByName(list, parse, reference),
    snapshot() {
      let listed: ReturnType<typeof list> | undefined;
      return createFolderLookup({ folder, list: () => (listed ??= list()), parse });
    },
  };
}

async function findByName(
  list: LookupFolder['list'],
  parse: LookupFolder['parse'],
  name: string,
): Promise<PromptFound> {
  const paths = (await list()).filter((prompt) => prompt.name === name).map((prompt) => prompt.path);
  const [only, second] = paths;
  if (only === undefined) return { status: 'not-found' };
  if (second !== undefined) return { status: 'ambiguous', paths };
  return { status: 'found', file: await parse(only) };
}

async function findByPath(
  folder: string,
  parse: LookupFolder['parse'],
  file: string,
  reference: string,
): Promise<PromptFound> {
  const real = await nodeFileSystem.realPath(file).catch(() => undefined);
  if (real === undefined) return { status: 'not-found' };
  if (!nodeFileSystem.contains(folder, real)) {
    return { status: 'refused', message: `${reference} lies outside the workspace folder.` };
  }
  return { status: 'found', file: await parse(real) };
}
