import { lstat, mkdtemp, readdir, rmdir, unlink } from 'node:fs/promises';
import path from 'node:path';
import { isProcess } from '../isProcess.ts';

/** The process that made it is part of the name, for whoever finds one left behind. */
const named = /^\.promptly-import-(\d+)-[A-Za-z0-9]{6}$/;
/** What is in one: files to be placed, by number, and copies of those they replace. */
const ownContent = /^(?:\d+|before-[0-9a-f-]{36})$/;

/** A process elsewhere, with the folder shared, looks dead from here: what was touched lately is left alone. */
const quietMs = 10 * 60_000;
/** By then its number may belong to another process. */
const abandonedMs = 24 * 60 * 60_000;

/** A hidden folder in `folder`, on the same disk, for files on their way. */
export const makeStagingFolder = (folder: string): Promise<string> =>
  mkdtemp(path.join(folder, `.promptly-import-${process.pid}-`));

/**
 * Removes the staging folders in `folder` that processes left when they were killed. What is not certainly such a folder, or
 * may still be in use, stays. Never fails: what cannot be removed stays, too.
 */
export async function removeStaleStaging(folder: string, nowMs: number): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const owner = named.exec(name)?.[1];
    if (owner !== undefined)
      await removeIfStale(path.join(folder, name), Number(owner), nowMs).catch(() => undefined);
  }
}

async function removeIfStale(place: string, owner: number, nowMs: number): Promise<void> {
  const stats = await lstat(place);
  if (!stats.isDirectory()) return;
  const quietForMs = nowMs - stats.mtimeMs;
  if (quietForMs < (isProcess(owner) ? abandonedMs : quietMs)) return;
  const entries = await readdir(place, { withFileTypes: true });
  if (!entries.every((entry) => entry.isFile() && ownContent.test(entry.name))) return;
  for (const { name } of entries) await unlink(path.join(place, name));
  await rmdir(place);
}
