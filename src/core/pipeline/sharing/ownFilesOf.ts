import { isPromptFile } from '../../domain/sharing.ts';
import { packageLimits } from '../../sharing/packageLimits.ts';
import { refusePath } from '../../sharing/packagePath.ts';
import type { SharingWorld } from './sharingWorld.ts';

/**
 * The files that lie in a skill's own folder: one that has its name and holds no other prompt file. Absolute. None where
 * the skill lies among others.
 */
export async function ownFilesOf({ disk, folder }: SharingWorld, skill: string): Promise<string[]> {
  const segments = disk.relative(folder, skill).split('/');
  const base = (segments.at(-1) ?? '').replace(/\.prompt\.ya?ml$/i, '');
  if (segments.length < 2 || segments.at(-2) !== base) return [];
  const own = disk.below(folder, segments.slice(0, -1).join('/'));
  const { files } = await disk.listFiles(own, packageLimits.entries);
  const others = files.filter((path) => path !== segments.at(-1));
  if (others.some(isPromptFile)) return [];
  // What the system or a tool keeps there in hidden files is not the skill's.
  return others
    .filter((path) => refusePath(path) === null && !/^skill\.md$/i.test(path))
    .map((path) => disk.below(own, path));
}
