import path from 'node:path';
import type { ParsedFile } from '../../core/domain/parsedFile.ts';
import { promptKinds, type PromptKind } from '../../core/domain/promptFile.ts';
import type { FileSystem } from '../../core/ports/fileSystem.ts';
import type { ListedPrompt, NodeHost } from '../../nodeHost.ts';
import { didYouMean } from '../../core/pipeline/toolCalls/didYouMean.ts';
import type { SpendingLimit } from '../../core/pipeline/toolCalls/spendingLimit.ts';
import { ToolProblem } from '../../core/pipeline/toolCalls/toolProblem.ts';

/** A prompt file, and where to read what it names: the disk, or git at one commit. */
export interface FoundFile {
  readonly file: ParsedFile;
  readonly files: FileSystem;
  /** null: the working copy. */
  readonly commit: string | null;
}

/** The workspace folder as the tools see it. */
export interface McpWorkspace {
  readonly host: NodeHost;
  readonly spending: SpendingLimit;
  /** May programs that the workspace's own settings name be started? */
  readonly allowPrograms: boolean;
  /** Throws `ToolProblem` when there is none of that name, or two. `version`: any git revision. */
  find(name: string, kinds: readonly PromptKind[], version?: string): Promise<FoundFile>;
  /** The file of that name, of whatever kind. */
  lookUp(name: string): Promise<ParsedFile | undefined>;
  list(kinds: readonly PromptKind[]): Promise<readonly ListedPrompt[]>;
  /** Runs one change of files at a time: two that read, change and write the same file would lose one. */
  exclusively<Result>(change: () => Promise<Result>): Promise<Result>;
  /** Relative to the folder, with forward slashes. */
  shownPath(file: string): string;
}

export function createMcpWorkspace(
  host: NodeHost,
  options: Pick<McpWorkspace, 'spending' | 'allowPrograms'>,
): McpWorkspace {
  const shownPath = (file: string): string => path.relative(host.folder, file).split(path.sep).join('/');
  const find = async (name: string, kinds: readonly PromptKind[], version?: string): Promise<FoundFile> => {
    if (version !== undefined) return findAt(host, name, kinds, version);
    const { path: file } = pick(await host.list(), name, kinds, shownPath);
    return { file: await host.parse(file), files: host.engine.world.files, commit: null };
  };
  let last: Promise<unknown> = Promise.resolve();
  return {
    host,
    ...options,
    shownPath,
    find,
    lookUp: async (name) => {
      const all = await host.list();
      if (!all.some((item) => isSame(item.name, name))) return undefined;
      return host.parse(pick(all, name, promptKinds, shownPath).path);
    },
    exclusively: (change) => {
      const result = last.then(change);
      last = result.catch(() => undefined);
      return result;
    },
    list: async (kinds) => (await host.list()).filter(({ kind }) => kinds.includes(kind)),
  };
}

/** Whichever of the two forms of ü somebody's keyboard or disk makes. */
const isSame = (a: string, b: string): boolean => a.normalize() === b.normalize();

type Header = Pick<ListedPrompt, 'name' | 'kind' | 'path'>;

function pick<Item extends Header>(
  all: readonly Item[],
  name: string,
  kinds: readonly PromptKind[],
  shownPath: (file: string) => string,
): Item {
  const named = all.filter((item) => isSame(item.name, name) || isSame(shownPath(item.path), name));
  const [first, second] = named.filter(({ kind }) => kinds.includes(kind));
  if (second !== undefined) {
    const paths = named.map((item) => shownPath(item.path)).join(' and ');
    throw new ToolProblem(`Two files are called "${name}": ${paths}. Give the path, or rename one of them.`);
  }
  if (first !== undefined) return first;
  const other = named[0];
  if (other !== undefined) {
    throw new ToolProblem(`"${name}" is ${kindWords[other.kind]}, not ${wordsFor(kinds)}.`);
  }
  const known = all.filter(({ kind }) => kinds.includes(kind)).map((item) => item.name);
  const hint = didYouMean(name, known);
  const shown = known.slice(0, 20).join(', ') + (known.length > 20 ? ', …' : '');
  const there = known.length === 0 ? ' There is none in this workspace yet.' : ` There are: ${shown}.`;
  throw new ToolProblem(`There is no ${nounsFor(kinds)} called "${name}".${hint}${there}`);
}

const kindWords: Readonly<Record<PromptKind, string>> = {
  prompt: 'a prompt',
  skill: 'a skill',
  chain: 'a chain',
  abtest: 'an A/B test',
};
const wordsFor = (kinds: readonly PromptKind[]): string => kinds.map((kind) => kindWords[kind]).join(' or ');
const nounsFor = (kinds: readonly PromptKind[]): string => wordsFor(kinds).replaceAll(/\ban? /g, '');

/** By the path the file has now, else by its name then: files get moved. */
async function findAt(
  host: NodeHost,
  name: string,
  kinds: readonly PromptKind[],
  version: string,
): Promise<FoundFile> {
  const revision = await host.openRevision(version);
  const { commit } = revision;
  // Git keeps links as they are and never follows them.
  const files: FileSystem = {
    ...host.engine.world.files,
    realPath: (file) => Promise.resolve(file),
    readText: (file, options) => revision.readText(file, options),
  };
  const read = (file: string): Promise<ParsedFile> => host.parse(file, files);
  const here = (await host.list()).find((item) => isSame(item.name, name) && kinds.includes(item.kind));
  const then = await revision.listPromptFiles();
  if (here !== undefined && then.includes(here.path)) {
    return { file: await read(here.path), files, commit };
  }
  const parsed = await Promise.all(then.map(read));
  const shownPath = (file: string): string => path.relative(host.folder, file).split(path.sep).join('/');
  return { file: pickThen(parsed, name, kinds, shownPath, version), files, commit };
}

function pickThen(
  parsed: readonly ParsedFile[],
  name: string,
  kinds: readonly PromptKind[],
  shownPath: (file: string) => string,
  version: string,
): ParsedFile {
  try {
    return pick(parsed, name, kinds, shownPath);
  } catch (error) {
    if (error instanceof ToolProblem) throw new ToolProblem(`At ${version}: ${error.message}`);
    throw error;
  }
}
