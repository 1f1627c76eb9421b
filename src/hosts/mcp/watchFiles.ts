import { watch, type FSWatcher } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';

const settleMs = 100;
const skipped = new Set(['node_modules', '.git', '.hg', '.svn', '.promptly', '.vscode-test']);
const maxFolders = 5000;

/**
 * Tells which prompt files changed below a folder, a little after they did, several at once. Folders that nobody keeps
 * prompts in are not watched. Does not keep the process alive.
 */
export function watchFiles(
  folder: string,
  onChange: (files: ReadonlySet<string>) => void,
): { close(): void } {
  const watchers = new Map<string, FSWatcher>();
  let changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  const note = (file: string): void => {
    changed.add(file);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const files = changed;
      changed = new Set();
      onChange(files);
    }, settleMs);
    timer.unref();
  };
  const stop = (place: string): void => {
    watchers.get(place)?.close();
    watchers.delete(place);
  };
  // Folder by folder: Node's own recursive watching would walk node_modules, too.
  const start = async (place: string): Promise<void> => {
    if (closed || watchers.has(place) || watchers.size >= maxFolders) return;
    try {
      const watcher = watch(place, { persistent: false }, (_event, name) => {
        if (name === null || skipped.has(name)) return;
        const full = path.join(place, name);
        if (/\.prompt\.ya?ml$/i.test(name)) note(full);
        else if (!name.endsWith('.tmp')) void visit(full);
      });
      watcher.on('error', () => stop(place));
      watchers.set(place, watcher);
    } catch {
      return; // The folder is gone again, or may not be read.
    }
    const entries = await readdir(place, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (entry.isDirectory() && !skipped.has(entry.name)) await start(path.join(place, entry.name));
    }
  };
  /** Something that may be a new folder with prompts in it, or one that was removed. */
  const visit = async (place: string): Promise<void> => {
    const known = watchers.has(place);
    const entries = await readdir(place).catch(() => null);
    if (entries === null) stop(place);
    else await start(place);
    if (known !== (entries !== null)) note(place);
  };
  void start(folder);
  return {
    close: () => {
      closed = true;
      clearTimeout(timer);
      for (const place of watchers.keys()) stop(place);
    },
  };
}
