// Export and import of prompt files: an entry point of its own in esbuild.mjs, with the archive library, loaded when
// somebody shares something.
import { sharingDisk } from './adapters/node/sharing/sharingDisk.ts';
import { zipArchive } from './adapters/node/sharing/zipArchive.ts';
import {
  applyImport,
  decideImport,
  type ConflictChoice,
  type ImportDecision,
} from './core/pipeline/sharing/applyImport.ts';
import { buildPackage, type BuiltPackage } from './core/pipeline/sharing/buildPackage.ts';
import { buildSkillFolder, type SkillFolder } from './core/pipeline/sharing/buildSkillFolder.ts';
import { collectFiles, type CollectedFiles } from './core/pipeline/sharing/collectFiles.ts';
import { planImport, type ImportPlan, type ImportRequest } from './core/pipeline/sharing/planImport.ts';
import type { SharingWorld } from './core/pipeline/sharing/sharingWorld.ts';
import type { PromptLookup } from './core/ports/promptLookup.ts';
import type { FileToWrite } from './core/ports/sharingDisk.ts';

export { renderDiff } from './core/sharing/renderDiff.ts';
export { packageEnding } from './core/sharing/packageManifest.ts';
export type { CollectedFiles, ConflictChoice, ImportDecision, ImportPlan, SkillFolder };

export interface SharingOptions {
  /** The workspace folder, absolute. */
  readonly folder: string;
  readonly prompts: PromptLookup;
  readonly skillFileLimitBytes: number;
}

export interface Sharing {
  /** Prompt files (absolute paths) with all they refer to. Throws `FileError`. */
  collect(paths: readonly string[]): Promise<CollectedFiles>;
  /** `createdMs`: milliseconds since 1970. */
  pack(collected: CollectedFiles, name: string, createdMs: number): BuiltPackage;
  /** Of one skill that was collected without problems. */
  toSkillFolder(collected: CollectedFiles): Promise<SkillFolder>;
  plan(request: ImportRequest): Promise<ImportPlan>;
  decide(plan: ImportPlan, choices: ReadonlyMap<string, ConflictChoice>): Promise<ImportDecision>;
  /** Writes what was decided: all or nothing. Throws `FileError`. */
  apply(decision: ImportDecision): Promise<void>;
  /** Writes files below any folder, all or nothing. Throws `FileError`. */
  writeInto(folder: string, files: readonly FileToWrite[]): Promise<void>;
  /** What is at a path below any folder. */
  inspect(folder: string, relative: string): ReturnType<SharingWorld['disk']['inspect']>;
}

export async function openSharing(options: SharingOptions): Promise<Sharing> {
  const world: SharingWorld = {
    ...options,
    disk: sharingDisk,
    archive: zipArchive,
    folder: await sharingDisk.realPath(options.folder),
  };
  return {
    collect: (paths) => collectFiles(world, paths),
    pack: (collected, name, createdMs) => buildPackage(world, collected.files, { name, createdMs }),
    toSkillFolder: (collected) => buildSkillFolder(world, collected),
    plan: (request) => planImport(world, request),
    decide: (plan, choices) => decideImport(world, plan, choices),
    apply: (decision) => applyImport(world, decision),
    writeInto: (folder, files) => sharingDisk.writeAll(folder, files),
    inspect: (folder, relative) => sharingDisk.inspect(folder, relative),
  };
}
