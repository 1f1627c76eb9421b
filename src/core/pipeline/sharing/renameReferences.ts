import type { JsonValue } from '../../domain/json.ts';
import type { ParsedFile } from '../../domain/parsedFile.ts';
import { isPromptFile } from '../../domain/sharing.ts';
import { looksLikePath, namedFilesOf, promptReferencesOf } from '../../sharing/namedFiles.ts';
import type { PromptEdit } from '../../formats/edit/promptEdit.ts';
import type { PlannedFile } from './planImport.ts';
import { toText, type SharingWorld } from './sharingWorld.ts';

/**
 * The contents of files once some of them go by another path: a prompt file gets a name of its own, and what refers to a
 * moved file, by name or path, refers to its new place. Only files that change are in the result, by their old path.
 */
export async function renameReferences(
  world: SharingWorld,
  files: readonly PlannedFile[],
  moves: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const changed = new Map<string, Uint8Array>();
  if (moves.size === 0) return changed;
  const { parsePromptFile, editPromptFile } = await import('../language.ts');
  const parsed = files.flatMap((file): { path: string; parsed: ParsedFile }[] => {
    const text = isPromptFile(file.path) ? toText(file.bytes) : null;
    return text === null
      ? []
      : [{ path: file.path, parsed: parsePromptFile(text, world.disk.below(world.folder, file.path)) }];
  });
  const names = new Map<string, string>();
  for (const { path, parsed: own } of parsed) {
    const moved = moves.get(path);
    if (moved !== undefined) names.set(own.name, newName(own.name, path, moved));
  }
  for (const { path, parsed: own } of parsed) {
    const edits = editsOf(world, path, own, moves, names);
    if (edits.length === 0) continue;
    const edited = editPromptFile(own.text, edits);
    if (edited.status === 'edited') changed.set(path, new TextEncoder().encode(edited.text));
  }
  return changed;
}

/** The number that the path got: `review` at `a/review-2.prompt.yaml` → `review-2`. */
function newName(name: string, path: string, moved: string): string {
  const suffix = /-\d+(?=(?:\.prompt)?\.[^./]+$)/.exec(moved)?.[0] ?? '-2';
  return moved === path ? name : `${name}${suffix}`;
}

function editsOf(
  { disk, folder }: SharingWorld,
  path: string,
  own: ParsedFile,
  moves: ReadonlyMap<string, string>,
  names: ReadonlyMap<string, string>,
): PromptEdit[] {
  if (own.file === null) return [];
  const edits: PromptEdit[] = [];
  const set = (at: readonly (string | number)[], value: JsonValue): void => {
    edits.push({ type: 'set', path: [...at], value });
  };
  const movedFrom = (relative: string): string | null => {
    const target = moves.get(disk.relative(folder, disk.resolve(own.path, relative)));
    return target === undefined ? null : relativeTo(moves.get(path) ?? path, target);
  };
  if (moves.has(path)) set(['name'], names.get(own.name) ?? own.name);
  for (const { relative, at } of namedFilesOf(own.file)) {
    const target = movedFrom(relative);
    if (target !== null) set(at, target);
  }
  for (const { reference, at } of promptReferencesOf(own.file)) {
    const target = looksLikePath(reference) ? movedFrom(reference) : (names.get(reference) ?? null);
    if (target === null) continue;
    // A variant is a name alone, or a mapping with `prompt`.
    const isMapping = own.kind === 'abtest' && !isScalarAt(own, at);
    set(isMapping ? [...at, 'prompt'] : at, target);
  }
  return edits;
}

/** Whether the variant at this place is written as a mere name. */
function isScalarAt(own: ParsedFile, at: readonly (string | number)[]): boolean {
  const whole = own.locate(at, 'value');
  const inner = own.locate([...at, 'prompt'], 'value');
  return JSON.stringify(whole) === JSON.stringify(inner);
}

/** `a/b.prompt.yaml` sees `a/c/d.md` as `./c/d.md`. */
function relativeTo(from: string, target: string): string {
  const here = from.split('/').slice(0, -1);
  const there = target.split('/');
  let common = 0;
  while (common < here.length && here[common] === there[common]) common++;
  const up = '../'.repeat(here.length - common);
  return `${up === '' ? './' : up}${there.slice(common).join('/')}`;
}
