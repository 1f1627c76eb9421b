import { createHash } from 'node:crypto';
import { open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { FileError } from '../../../core/ports/fileSystem.ts';
import type { SharingDisk } from '../../../core/ports/sharingDisk.ts';
import { nodeFileSystem } from '../nodeFileSystem.ts';
import { inspectTarget } from './inspectTarget.ts';
import { writeAll } from './writeAll.ts';

/** Folders that hold no files of anybody's own. */
const skipped = new Set(['node_modules', '.git', '.hg', '.svn', '.promptly', '__pycache__']);
/** What systems leave lying about. */
const litter = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini']);

/** The local disk. */
export const sharingDisk: SharingDisk = {
  ...nodeFileSystem,
  async readBytes(file, maxBytes) {
    try {
      const handle = await open(file, 'r');
      try {
        const stats = await handle.stat();
        if (!stats.isFile()) throw new FileError('other', `${path.basename(file)} is no regular file.`);
        if (stats.size > maxBytes) throw new FileError('too-large', `${path.basename(file)} is too large.`);
        return await handle.readFile();
      } finally {
        await handle.close();
      }
    } catch (error) {
      throw asFileError(error, file);
    }
  },
  async modifiedMs(file) {
    return (await stat(file).catch((error: unknown) => Promise.reject(asFileError(error, file)))).mtimeMs;
  },
  async kindOf(file) {
    const stats = await stat(file).catch(() => null);
    if (stats === null) return 'missing';
    return stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'other';
  },
  async listFiles(folder, most) {
    const files: string[] = [];
    const links: string[] = [];
    const walk = async (below: string): Promise<boolean> => {
      const entries = await readdir(path.join(folder, below), { withFileTypes: true });
      for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
        const relative = below === '' ? entry.name : `${below}/${entry.name}`;
        if (entry.isSymbolicLink()) links.push(relative);
        else if (entry.isDirectory() && !skipped.has(entry.name)) {
          if (!(await walk(relative))) return false;
        } else if (entry.isFile() && !litter.has(entry.name)) {
          if (files.length === most) return false;
          files.push(relative);
        }
      }
      return true;
    };
    const complete = await walk('');
    return { files, links, more: !complete };
  },
  relative: (folder, file) => path.relative(folder, file).split(path.sep).join('/'),
  below: (folder, relative) => path.join(folder, ...relative.split('/')),
  inspect: inspectTarget,
  writeAll,
  sha256: (bytes) => createHash('sha256').update(bytes).digest('hex'),
};

function asFileError(error: unknown, file: string): FileError {
  if (FileError.is(error)) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason =
    code === 'ENOENT' || code === 'ENOTDIR'
      ? 'not-found'
      : code === 'EACCES' || code === 'EPERM'
        ? 'no-permission'
        : 'other';
  return new FileError(reason, `${path.basename(file)} cannot be read (${code}).`, { cause: error });
}
