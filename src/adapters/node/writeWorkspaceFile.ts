import { mkdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { asWriteError } from './asWriteError.ts';
import { nodeFileSystem } from './nodeFileSystem.ts';
import { writeAtomically } from './writeAtomically.ts';

/** Somebody asked to write where nothing may be written. The message is for people. */
export class WriteRefused extends Error {
  override readonly name = 'WriteRefused';
}

/**
 * Writes a file below `folder` (a real path), making its folders. Links on the way are resolved first: what they lead to
 * must lie below the folder, too. Replaces at once: a reader sees the old text or the new one. Throws `WriteRefused`;
 * `FileError` when the disk does not let it.
 */
export async function writeWorkspaceFile(
  folder: string,
  file: string,
  content: string | Uint8Array,
): Promise<void> {
  const target = await realTarget(folder, path.resolve(folder, file));
  try {
    await mkdir(path.dirname(target), { recursive: true });
    await writeAtomically(target, content);
  } catch (error) {
    const shown = path.relative(folder, target).split(path.sep).join('/');
    throw asWriteError(error, shown, 'it is as it was');
  }
}

/** Where the file really is or would be. */
async function realTarget(folder: string, file: string): Promise<string> {
  const missing: string[] = [];
  let existing = file;
  for (;;) {
    const real = await realpath(existing).catch(() => undefined);
    if (real !== undefined) {
      const target = path.join(real, ...missing.reverse());
      if (nodeFileSystem.contains(folder, target)) return target;
      throw new WriteRefused(
        `${path.basename(file)} would lie outside the workspace folder; nothing was written.`,
      );
    }
    missing.push(path.basename(existing));
    const parent = path.dirname(existing);
    if (parent === existing) throw new WriteRefused('The workspace folder does not exist.');
    existing = parent;
  }
}
