import type { SharedKind } from '../../domain/sharing.ts';
import type { FileToWrite } from '../../ports/sharingDisk.ts';
import { freePath } from './freePath.ts';
import type { ImportPlan, PlannedFile } from './planImport.ts';
import { renameReferences } from './renameReferences.ts';
import type { SharingWorld } from './sharingWorld.ts';

/** What to do with a file of which the workspace has another version. */
export type ConflictChoice = 'keep' | 'replace' | 'rename';

export interface ImportedFile {
  /** Where it is now. */
  readonly path: string;
  readonly kind: SharedKind;
  readonly from: string;
  readonly action: 'written' | 'unchanged' | 'kept' | 'replaced' | 'renamed';
  /** The path it would have had. */
  readonly wanted: string;
}

export interface ImportDecision {
  readonly results: readonly ImportedFile[];
  readonly writes: readonly FileToWrite[];
}

/** What the choices come to. Conflicts without a choice are kept as the workspace has them. */
export async function decideImport(
  world: SharingWorld,
  plan: ImportPlan,
  choices: ReadonlyMap<string, ConflictChoice>,
): Promise<ImportDecision> {
  const choiceOf = (file: PlannedFile): ConflictChoice => choices.get(file.path) ?? 'keep';
  const taken = new Set(plan.files.map(({ path }) => path));
  const moves = new Map<string, string>();
  for (const file of plan.files) {
    if (file.state !== 'conflict' || choiceOf(file) !== 'rename') continue;
    const free = await freePath(world, file.path, taken);
    taken.add(free);
    moves.set(file.path, free);
  }
  const renamed = await renameReferences(world, plan.files, moves);
  const results: ImportedFile[] = [];
  const writes: FileToWrite[] = [];
  for (const file of plan.files) {
    const { kind, from, path: wanted, existing } = file;
    const path = moves.get(wanted) ?? wanted;
    const bytes = renamed.get(wanted) ?? file.bytes;
    const replaces = path === wanted ? existing : null;
    const action = actionOf(file, choiceOf(file));
    results.push({ path, kind, from, action, wanted });
    if (action !== 'unchanged' && action !== 'kept') writes.push({ path, bytes, replaces });
  }
  return { results, writes };
}

function actionOf(file: PlannedFile, choice: ConflictChoice): ImportedFile['action'] {
  if (file.state === 'new') return 'written';
  // Even where it refers to one that gets another name: the workspace's version goes on meaning its own.
  if (file.state === 'same') return 'unchanged';
  return choice === 'replace' ? 'replaced' : choice === 'rename' ? 'renamed' : 'kept';
}

/** Writes what was decided: all or nothing. Throws `FileError`. */
export async function applyImport(world: SharingWorld, { writes }: ImportDecision): Promise<void> {
  if (writes.length > 0) await world.disk.writeAll(world.folder, writes);
}
