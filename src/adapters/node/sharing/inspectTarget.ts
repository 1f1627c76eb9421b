import { lstat, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { TargetState } from '../../../core/ports/sharingDisk.ts';
import { hasCode } from '../hasCode.ts';

/** As some file systems compare names. */
const fold = (name: string): string => name.normalize('NFC').toLowerCase().toUpperCase();

/**
 * What is at `relative` below `folder` (a real path). Every part of the way is looked at without following it: a link
 * could lead anywhere, and a name that differs only in case or Unicode form would be another file here and the same
 * elsewhere.
 */
export async function inspectTarget(folder: string, relative: string): Promise<TargetState> {
  const segments = relative.split('/');
  let at = folder;
  for (const [index, segment] of segments.entries()) {
    const shown = segments.slice(0, index + 1).join('/');
    const names = await readdir(at).catch(() => null);
    if (names === null)
      return { status: 'blocked', reason: `${path.basename(at)} cannot be read as a folder` };
    const twin = names.find((name) => name !== segment && fold(name) === fold(segment));
    if (twin !== undefined) {
      return {
        status: 'blocked',
        reason: `${shown} differs from ${twin} there only in case or in the form of its letters`,
      };
    }
    at = path.join(at, segment);
    const stats = await lstat(at).catch((error: unknown) => {
      if (hasCode(error, 'ENOENT')) return null;
      throw error;
    });
    if (stats === null) return { status: 'free' };
    if (stats.isSymbolicLink()) return { status: 'blocked', reason: `${shown} is a link in this workspace` };
    const isLast = index === segments.length - 1;
    if (!isLast && !stats.isDirectory())
      return { status: 'blocked', reason: `${shown} is a file in this workspace, not a folder` };
    if (isLast && stats.isDirectory())
      return { status: 'blocked', reason: `${shown} is a folder in this workspace` };
    if (isLast && !stats.isFile()) return { status: 'blocked', reason: `${shown} is no regular file` };
  }
  return { status: 'file', bytes: await readFile(at) };
}
