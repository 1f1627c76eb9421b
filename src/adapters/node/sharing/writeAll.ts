import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, copyFile, link, mkdir, readFile, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { FileError } from '../../../core/ports/fileSystem.ts';
import type { FileToWrite } from '../../../core/ports/sharingDisk.ts';
import { asWriteError } from '../asWriteError.ts';
import { hasCode } from '../hasCode.ts';
import { withImportLock } from './importLock.ts';
import { inspectTarget } from './inspectTarget.ts';
import { makeStagingFolder, removeStaleStaging } from './stagingFolder.ts';

/**
 * Writes files below `folder` (a real path), all or none: first into a folder aside, on the same disk, then each is moved
 * to its place. A failure on the way puts back what was there. Somebody else may write there at the same time, another
 * import too: no file of theirs is written over, and what they changed is not put back. Throws `FileError`.
 */
export async function writeAll(folder: string, files: readonly FileToWrite[]): Promise<void> {
  await removeStaleStaging(folder, Date.now());
  const staging = await makeStagingFolder(folder).catch((error: unknown) => {
    throw asWriteError(error, 'The workspace folder', 'nothing was changed');
  });
  const undo: (() => Promise<unknown>)[] = [];
  try {
    for (const [index, { bytes }] of files.entries())
      await writeFile(path.join(staging, String(index)), bytes);
    await withImportLock(folder, async () => {
      try {
        for (const file of files) await checkUnchanged(folder, file);
        for (const [index, file] of files.entries()) {
          await place(folder, file, path.join(staging, String(index)), staging, undo);
        }
      } catch (error) {
        for (const step of undo.reverse()) await step().catch(() => undefined);
        throw error;
      }
    });
  } catch (error) {
    throw asWriteError(error, 'The files', 'nothing was changed');
  } finally {
    // A later import removes what cannot be removed now: what was written stands.
    await rm(staging, { recursive: true, force: true }).catch(() => undefined);
  }
}

async function checkUnchanged(folder: string, { path: relative, replaces }: FileToWrite): Promise<void> {
  const state = await inspectTarget(folder, relative);
  if (state.status === 'blocked') throw new FileError('other', `${state.reason}; nothing was written.`);
  const isSame =
    state.status === 'free' ? replaces === null : replaces !== null && sameBytes(state.bytes, replaces);
  if (!isSame) throw changedMeanwhile(relative);
}

const changedMeanwhile = (relative: string): FileError =>
  new FileError('other', `${relative} changed while it was looked at; nothing was written. Import again.`);

async function place(
  folder: string,
  file: FileToWrite,
  staged: string,
  staging: string,
  undo: (() => Promise<unknown>)[],
): Promise<void> {
  const target = path.join(folder, ...file.path.split('/'));
  const isStillOurs = async (): Promise<boolean> => sameBytes(await readFile(target), file.bytes);
  const made = await mkdir(path.dirname(target), { recursive: true });
  if (made !== undefined) undo.push(() => removeEmpty(path.dirname(target), made));
  if (file.replaces === null) {
    if (!(await placeNew(staged, target))) throw changedMeanwhile(file.path);
    undo.push(async () => (await isStillOurs()) && rm(target));
    return;
  }
  const before = path.join(staging, `before-${randomUUID()}`);
  await writeFile(before, file.replaces);
  const { mode } = await stat(target);
  await Promise.all([chmod(before, mode), chmod(staged, mode)]);
  await checkUnchanged(folder, file);
  await rename(staged, target);
  undo.push(async () => (await isStillOurs()) && rename(before, target));
}

/** False when there is a file already: renaming would put an end to it. */
async function placeNew(staged: string, target: string): Promise<boolean> {
  try {
    await link(staged, target);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
  }
  // Not every disk has links.
  try {
    await copyFile(staged, target, constants.COPYFILE_EXCL);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/** From the innermost folder up to the one that was made. */
async function removeEmpty(innermost: string, made: string): Promise<void> {
  for (let at = innermost; at.length >= made.length; at = path.dirname(at)) await rmdir(at);
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
