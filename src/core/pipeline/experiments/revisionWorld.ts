import type { ParsedFile } from '../../domain/parsedFile.ts';
import { FileError } from '../../ports/fileSystem.ts';
import type { PromptFound } from '../../ports/promptLookup.ts';
import type { Revision } from '../../ports/revisions.ts';
import type { World } from '../pipeline.ts';

/** The same world with the files as they were: prompts, what they attach, and the steps of chains. */
export function revisionWorld(world: World, workspaceFolder: string, revision: Revision): World {
  const parse = async (path: string): Promise<ParsedFile> => {
    const { maxFileBytes, parsePromptFile } = await import('../language.ts');
    return parsePromptFile(await revision.readText(path, { maxBytes: maxFileBytes }), path);
  };
  const find = async (reference: string, from: string): Promise<PromptFound> => {
    if (/\.ya?ml$/i.test(reference)) {
      const path = world.files.resolve(from, reference);
      if (world.files.contains(workspaceFolder, path)) return found(await parse(path));
      return { status: 'refused', message: `${reference} lies outside the workspace folder.` };
    }
    // Mostly a prompt is still where it was: that saves reading all others.
    const now = await world.prompts?.find(reference, from);
    if (now?.status === 'found') {
      const then = await parse(now.file.path).catch(absent);
      if (then?.name === reference) return found(then);
    }
    return findByName(await revision.listPromptFiles(), reference, parse);
  };
  return {
    ...world,
    files: {
      ...world.files,
      readText: (path, options) => revision.readText(path, options),
      // A commit's links are never followed: `readText` refuses them.
      realPath: (path) => Promise.resolve(path),
    },
    prompts: { find },
  };
}

const found = (file: ParsedFile): PromptFound => ({ status: 'found', file });

function absent(error: unknown): null {
  if (FileError.is(error)) return null;
  throw error;
}

async function findByName(
  paths: readonly string[],
  name: string,
  parse: (path: string) => Promise<ParsedFile>,
): Promise<PromptFound> {
  const named: ParsedFile[] = [];
  for (const path of paths) {
    const file = await parse(path).catch(absent);
    if (file?.name === name) named.push(file);
  }
  const [first] = named;
  if (first === undefined) return { status: 'not-found' };
  return named.length > 1 ? { status: 'ambiguous', paths: named.map(({ path }) => path) } : found(first);
}
