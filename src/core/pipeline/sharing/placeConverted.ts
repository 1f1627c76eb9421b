import { fileNameFor } from '../../domain/fileNameFor.ts';
import { refusePath } from '../../sharing/packagePath.ts';
import type { ImportSource } from './readSources.ts';
import type { SharingWorld } from './sharingWorld.ts';

export interface Place {
  readonly promptPath: string;
  /** Where the files it names go. */
  readonly folder: string;
  /** false: they stay where they are, beside the source. */
  readonly copies: boolean;
}

/** Beside a source in the workspace; what comes from elsewhere gets a folder, skills one of their own. */
export function placeConverted(
  { disk, folder }: SharingWorld,
  { path }: ImportSource,
  into: string | null,
  name: string,
  isSkill: boolean,
): Place | null {
  const file = fileNameFor(name);
  if (file === null) return null;
  const source = disk.resolve(path, '.');
  if (into === null && disk.contains(folder, source)) {
    const beside = disk.relative(folder, source);
    const promptPath = join(beside, `${file}.prompt.yaml`);
    // Folders of other programs are theirs.
    if (refusePath(promptPath) === null) return { promptPath, folder: beside, copies: false };
  }
  const target = isSkill ? join(into ?? 'skills', file) : (into ?? 'prompts');
  return { promptPath: join(target, `${file}.prompt.yaml`), folder: target, copies: true };
}

export const join = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`);
