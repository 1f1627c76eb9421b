import { hasErrors } from '../../domain/diagnostic.ts';
import type { ParsedFile } from '../../domain/parsedFile.ts';
import { isPromptFile, type SharingNotice } from '../../domain/sharing.ts';
import { executorsOf, looksLikePath, namedFilesOf, promptReferencesOf } from '../../sharing/namedFiles.ts';
import { findCollisions, refusePath } from '../../sharing/packagePath.ts';
import { readSources, type ImportSource, type IncomingFile } from './readSources.ts';
import { inWorkspace, toText, type SharingWorld } from './sharingWorld.ts';

export interface PlannedFile extends IncomingFile {
  readonly state: 'new' | 'same' | 'conflict';
  /** What the workspace has at that place; null: nothing. */
  readonly existing: Uint8Array | null;
}

export interface ImportPlan {
  readonly files: readonly PlannedFile[];
  readonly notes: readonly SharingNotice[];
  readonly warnings: readonly SharingNotice[];
  /** Not empty: nothing may be written. */
  readonly problems: readonly SharingNotice[];
}

export interface ImportRequest {
  readonly sources: readonly ImportSource[];
  /** A folder of the workspace to put everything in, relative with `/`; null: packages as they are, the rest by kind. */
  readonly into: string | null;
}

/** All that an import would do, without doing it. */
export async function planImport(world: SharingWorld, { sources, into }: ImportRequest): Promise<ImportPlan> {
  const { files, notes, problems } = await readSources(world, sources, into);
  for (const { path, from } of files) {
    const unsafe = refusePath(path);
    if (unsafe !== null) problems.push({ file: from, line: null, message: `${path} ${unsafe}.` });
  }
  for (const { path, message } of findCollisions(files.map((file) => file.path))) {
    problems.push({ file: path, line: null, message: `${path} ${message}. Import them one by one.` });
  }
  const planned: PlannedFile[] = [];
  const warnings: SharingNotice[] = [];
  if (problems.length === 0) {
    for (const file of files) planned.push(...(await compare(world, file, problems)));
    const parsed = await parseAll(world, planned, problems);
    await warnOfContents(world, planned, parsed, warnings);
  }
  return { files: planned, notes, warnings, problems };
}

async function compare(
  { disk, folder }: SharingWorld,
  file: IncomingFile,
  problems: SharingNotice[],
): Promise<PlannedFile[]> {
  const target = await disk.inspect(folder, file.path);
  switch (target.status) {
    case 'free':
      return [{ ...file, state: 'new', existing: null }];
    case 'blocked': {
      const message = `${file.path} cannot be written: ${target.reason}. Move it away, or import into another folder.`;
      problems.push({ file: file.path, line: null, message });
      return [];
    }
    case 'file':
      return [
        { ...file, state: sameBytes(target.bytes, file.bytes) ? 'same' : 'conflict', existing: target.bytes },
      ];
  }
}

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index]);

/** A package holds prompt files that can be used, of the kind it says. */
async function parseAll(
  { disk, folder }: SharingWorld,
  files: readonly PlannedFile[],
  problems: SharingNotice[],
): Promise<ParsedFile[]> {
  const { parsePromptFile } = await import('../language.ts');
  const parsed: ParsedFile[] = [];
  for (const { path, kind, bytes } of files) {
    if (!isPromptFile(path)) continue;
    const text = toText(bytes);
    if (text === null) {
      problems.push({ file: path, line: null, message: `${path} is not UTF-8 text.` });
      continue;
    }
    const file = parsePromptFile(text, disk.below(folder, path));
    const error = file.diagnostics.find(({ severity }) => severity === 'error');
    if (file.file === null || hasErrors(file.diagnostics)) {
      const line = (error?.range.start.line ?? 0) + 1;
      problems.push({ file: path, line, message: error?.message ?? 'It cannot be read.' });
    } else if (file.kind !== kind) {
      problems.push({
        file: path,
        line: null,
        message: `${path} is said to be of kind ${kind} and is of kind ${file.kind}.`,
      });
    } else parsed.push(file);
  }
  return parsed;
}

async function warnOfContents(
  world: SharingWorld,
  files: readonly PlannedFile[],
  parsed: readonly ParsedFile[],
  warnings: SharingNotice[],
): Promise<void> {
  const { disk, folder } = world;
  const arriving = new Set(files.map(({ path }) => path));
  const names = new Set(parsed.map(({ name }) => name));
  const ownPaths = new Set(files.flatMap(({ path, isOwn }) => (isOwn === true ? [path] : [])));
  for (const own of parsed) {
    const path = disk.relative(folder, own.path);
    const warn = (message: string): void => {
      warnings.push({ file: path, line: null, message });
    };
    const other = await otherOfName(world, own, arriving);
    if (other !== null)
      warn(`The name \`${own.name}\` is also that of ${other}. Give one of them another \`name\`.`);
    if (own.file === null) continue;
    for (const { relative, kind } of namedFilesOf(own.file)) {
      const named = disk.relative(folder, disk.resolve(own.path, relative));
      if (!arriving.has(named)) {
        const isThere = (await disk.inspect(folder, named)).status === 'file';
        if (!isThere)
          warn(`It names \`${relative}\`, which is neither part of the import nor in the workspace.`);
        else if (!ownPaths.has(path)) {
          warn(
            `It uses \`${relative}\` of this workspace, which is not part of the import: see that it may be sent.`,
          );
        }
      }
      if (kind === 'script')
        warn(
          `It evaluates with the program \`${relative}\`, which runs only with your consent: a trusted workspace, or --yes.`,
        );
    }
    for (const { reference } of promptReferencesOf(own.file)) {
      if (await isKnown(world, own, reference, arriving, names)) continue;
      warn(`It refers to \`${reference}\`, which is neither part of the import nor in the workspace.`);
    }
    for (const executor of executorsOf(own.file)) {
      warn(
        `It runs on \`${executor}\`: set that program up under promptly.executors if you trust it. It is not part of the import.`,
      );
    }
  }
}

/** Whether a chain's or test's reference leads somewhere: to what arrives, or to what is there. */
async function isKnown(
  { disk, folder, prompts }: SharingWorld,
  own: ParsedFile,
  reference: string,
  arriving: ReadonlySet<string>,
  names: ReadonlySet<string>,
): Promise<boolean> {
  if (!looksLikePath(reference)) {
    return names.has(reference) || (await prompts.find(reference, own.path)).status === 'found';
  }
  const path = disk.relative(folder, disk.resolve(own.path, reference));
  return arriving.has(path) || (await disk.inspect(folder, path)).status === 'file';
}

/** Another file of the workspace with the same name, which will stay. */
async function otherOfName(
  world: SharingWorld,
  own: ParsedFile,
  arriving: ReadonlySet<string>,
): Promise<string | null> {
  if (looksLikePath(own.name)) return null;
  const { disk, folder } = world;
  const found = await world.prompts.find(own.name, own.path);
  const paths =
    found.status === 'found' ? [found.file.path] : found.status === 'ambiguous' ? found.paths : [];
  const real = await Promise.all(paths.map((path) => inWorkspace(world, path)));
  return real.map((path) => disk.relative(folder, path)).find((path) => !arriving.has(path)) ?? null;
}
