import { isPromptFile, type SharedFile, type SharingNotice } from '../../domain/sharing.ts';
import { ArchiveRefused } from '../../ports/archive.ts';
import { FileError } from '../../ports/fileSystem.ts';
import { foreignFormatOf } from '../../sharing/convert/foreignFormats.ts';
import { packageLimits } from '../../sharing/packageLimits.ts';
import { verifyPackage } from '../../sharing/verifyPackage.ts';
import { convertSource } from './convertSource.ts';
import { inWorkspace, type SharingWorld } from './sharingWorld.ts';

export interface IncomingFile extends SharedFile {
  /** The package or file it comes from, as the user named it. */
  readonly from: string;
  /** Its source lies in this workspace, and so do the files it names. */
  readonly isOwn?: boolean;
}

export interface IncomingFiles {
  readonly files: IncomingFile[];
  /** What a conversion kept, changed or could not map. */
  readonly notes: SharingNotice[];
  readonly problems: SharingNotice[];
}

export interface ImportSource {
  /** Absolute. */
  readonly path: string;
  /** As people named it. */
  readonly shown: string;
}

const importable =
  'a package (*.promptly.zip), a folder with a SKILL.md, or a .prompty, .prompt.md or .prompt file';

/** Packages, skills and foreign prompts → files for the workspace. Reads, and writes nothing. */
export async function readSources(
  world: SharingWorld,
  sources: readonly ImportSource[],
  into: string | null,
): Promise<IncomingFiles> {
  const incoming: IncomingFiles = { files: [], notes: [], problems: [] };
  for (const source of sources) {
    try {
      await readSource(world, source, into, incoming);
    } catch (error) {
      if (!FileError.is(error) && !ArchiveRefused.is(error)) throw error;
      incoming.problems.push({ file: source.shown, line: null, message: error.message });
    }
  }
  return incoming;
}

async function readSource(
  world: SharingWorld,
  source: ImportSource,
  into: string | null,
  incoming: IncomingFiles,
): Promise<void> {
  const { shown } = source;
  const path = await inWorkspace(world, source.path);
  const kind = await world.disk.kindOf(path);
  if (kind === 'folder') return readFolder(world, { path, shown }, into, incoming);
  if (kind !== 'file') {
    const message = kind === 'missing' ? `${shown} does not exist.` : `${shown} is no regular file.`;
    incoming.problems.push({ file: shown, line: null, message });
  } else if (/\.zip$/i.test(path)) await readPackage(world, { path, shown }, into, incoming);
  else if (foreignFormatOf(path) !== null) await convertSource(world, { path, shown }, into, incoming);
  else {
    const message = isPromptFile(path)
      ? `${shown} cannot be imported: it is a prompt file already. Copy it, or export it there to take along what it refers to.`
      : `${shown} cannot be imported. Give ${importable}.`;
    incoming.problems.push({ file: shown, line: null, message });
  }
}

async function readPackage(
  { disk, archive }: SharingWorld,
  { path, shown }: ImportSource,
  into: string | null,
  { files, problems }: IncomingFiles,
): Promise<void> {
  const entries = await archive.read(await readWhole(disk, path, shown), packageLimits);
  const verified = verifyPackage(entries, (bytes) => disk.sha256(bytes));
  if (verified.status === 'refused') {
    problems.push(...verified.problems);
    return;
  }
  const prefix = into === null || into === '' ? '' : `${into}/`;
  for (const file of verified.files) files.push({ ...file, path: `${prefix}${file.path}`, from: shown });
}

async function readWhole(disk: SharingWorld['disk'], path: string, shown: string): Promise<Uint8Array> {
  try {
    return await disk.readBytes(path, packageLimits.archiveBytes);
  } catch (error) {
    if (!FileError.is(error) || error.reason !== 'too-large') throw error;
    const most = Math.round(packageLimits.archiveBytes / 1024 / 1024);
    throw new FileError('too-large', `${shown} is larger than the ${most} MiB a package may have.`);
  }
}

/** A skill, or all that can be imported in a folder. */
async function readFolder(
  world: SharingWorld,
  { path, shown }: ImportSource,
  into: string | null,
  incoming: IncomingFiles,
): Promise<void> {
  const { files, more } = await world.disk.listFiles(path, packageLimits.entries);
  if (more) {
    const message = `${shown} holds more than ${packageLimits.entries} files. Name the files or a folder further down.`;
    incoming.problems.push({ file: shown, line: null, message });
    return;
  }
  const skills = files.filter((file) => foreignFormatOf(file) === 'agent-skill');
  const skillFolders = skills.map((file) => file.slice(0, file.lastIndexOf('/') + 1));
  const found = files.filter((file) => {
    const isOfSkill = skillFolders.some((folder) => file.startsWith(folder));
    return (
      skills.includes(file) ||
      (!isOfSkill && (foreignFormatOf(file) !== null || /\.promptly\.zip$/i.test(file)))
    );
  });
  if (found.length === 0) {
    const message = `There is nothing to import in ${shown}. Give ${importable}.`;
    incoming.problems.push({ file: shown, line: null, message });
  }
  for (const file of found) {
    await readSource(
      world,
      { path: world.disk.below(path, file), shown: `${shown.replace(/[\\/]$/, '')}/${file}` },
      into,
      incoming,
    );
  }
}
