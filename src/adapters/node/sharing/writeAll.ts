import { randomUUID } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { FileError } from '../../../core/ports/fileSystem.ts';
import type { FileToWrite } from '../../../core/ports/sharingDisk.ts';
import { inspectTarget } from './inspectTarget.ts';

/**
 * Writes files below `folder` (a real path), all or none: first into a folder aside, on the same disk, then each is moved
 * to its place. A failure on the way puts back what was there. Throws `FileError`.
 */
export async function writeAll(folder: string, files: readonly FileToWrite[]): Promise<void> {
  const staging = await mkdtemp(path.join(folder, '.promptly-import-')).catch((error: unknown) => {
    throw cannotWrite('The workspace folder', error);
  });
  const undo: (() => Promise<unknown>)[] = [];
  try {
    for (const [index, { bytes }] of files.entries())
      await writeFile(path.join(staging, String(index)), bytes);
    for (const file of files) await checkUnchanged(folder, file);
    for (const [index, file] of files.entries()) {
      await place(folder, file, path.join(staging, String(index)), staging, undo);
    }
  } catch (error) {
    for (const step of undo.reverse()) await step().catch(() => undefined);
    throw FileError.is(error) ? error : cannotWrite('The files', error);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function checkUnchanged(folder: string, { path: relative, replaces }: FileToWrite): Promise<void> {
  const state = await inspectTarget(folder, relative);
  if (state.status === 'blocked') throw new FileError('other', `${state.reason}; nothing was written.`);
  const isSame =
    state.status === 'free' ? replaces === null : replaces !== null && sameBytes(state.bytes, replaces);
  if (!isSame) {
    throw new FileError(
      'other',
      `${relative} changed while it was looked at; nothing was written. Import again.`,
    );
  }
}

async function place(
  folder: string,
  { path: relative, replaces }: FileToWrite,
  staged: string,
  staging: string,
  undo: (() => Promise<unknown>)[],
): Promise<void> {
  const target = path.join(folder, ...relative.split('/'));
  const made = await mkdir(path.dirname(target), { recursive: true });
  if (made !== undefined) undo.push(() => removeEmpty(path.dirname(target), made));
  if (replaces === null) {
    await rename(staged, target);
    undo.push(() => rm(target, { force: true }));
    return;
  }
  const before = path.join(staging, `before-${randomUUID()}`);
  await writeFile(before, replaces);
  const { mode } = await stat(target);
  await Promise.all([chmod(before, mode), chmod(staged, mode)]);
  await rename(staged, target);
  undo.push(() => rename(before, target));
}

/** From the innermost folder up to the one that was made. */
async function removeEmpty(innermost: string, made: string): Promise<void> {
  for (let at = innermost; at.length >= made.length; at = path.dirname(at)) await rmdir(at);
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

function cannotWrite(what: string, error: unknown): FileError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  const reason = code === 'EACCES' || code === 'EPERM' || code === 'EROFS' ? 'no-permission' : 'other';
  return new FileError(reason, `${what} cannot be written (${code}); nothing was changed.`, { cause: error });
}
