import type { SkillFolderFile } from '../../sharing/convert/fromAgentSkill.ts';
import { foreignFormatOf } from '../../sharing/convert/foreignFormats.ts';
import { packageLimits } from '../../sharing/packageLimits.ts';
import { refusePath } from '../../sharing/packagePath.ts';
import type { ImportSource, IncomingFiles } from './readSources.ts';
import { toText, type SharingWorld } from './sharingWorld.ts';

/** The other files of a skill's folder, sorted; none for another source. */
export async function skillFilesOf(
  { disk, skillFileLimitBytes }: SharingWorld,
  { path, shown }: ImportSource,
  { problems }: IncomingFiles,
): Promise<SkillFolderFile[]> {
  if (foreignFormatOf(path) !== 'agent-skill') return [];
  const { files, links, more } = await disk.listFiles(disk.resolve(path, '.'), packageLimits.entries);
  if (more)
    problems.push({ file: shown, line: null, message: 'The folder of the skill holds too many files.' });
  for (const link of links) {
    const message = `${link} is a link, and links are not followed. Put the file itself into the folder of the skill.`;
    problems.push({ file: shown, line: null, message });
  }
  const found: SkillFolderFile[] = [];
  for (const file of files) {
    if (file === path.split(/[\\/]/).at(-1) || /\.prompt\.ya?ml$/i.test(file)) continue;
    const unsafe = refusePath(file);
    if (unsafe !== null) {
      problems.push({ file: shown, line: null, message: `${file} ${unsafe}. Move or rename it.` });
      continue;
    }
    const bytes = await disk.readBytes(disk.resolve(path, file), packageLimits.fileBytes);
    const kib = Math.floor(skillFileLimitBytes / 1024);
    const tooLong =
      bytes.length > skillFileLimitBytes ? `it is larger than ${kib} KiB (promptly.skillFileLimit)` : null;
    found.push({ path: file, unfit: toText(bytes) === null ? 'it is not text' : tooLong });
  }
  return found.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}
