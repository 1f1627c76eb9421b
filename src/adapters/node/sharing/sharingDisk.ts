import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { SharingDisk } from '../../../core/ports/sharingDisk.ts';
import { asFileError } from '../asFileError.ts';
import { nodeFileSystem } from '../nodeFileSystem.ts';
import { readRegularFile } from '../readRegularFile.ts';
import { inspectTarget } from './inspectTarget.ts';
import { writeAll } from './writeAll.ts';

/** Folders that hold no files of anybody's own. */
const skipped = new Set(['node_modules', '.git', '.hg', '.svn', '.promptly', '__pycache__']);
/** What systems leave lying about. */
const litter = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini']);

/** The local disk. */
export const sharingDisk: SharingDisk = {
  ...nodeFileSystem,
  readBytes: readRegularFile,
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
