import path from 'node:path';
import type { Log } from '../../core/ports/log.ts';
import type { ResponseCache } from '../../core/ports/responseCache.ts';
import type { RunStore } from '../../core/ports/runStore.ts';
import type { Settings } from '../../core/ports/settings.ts';
import { DiskResponseCache } from './diskResponseCache.ts';
import { createDiskRunStore } from './diskRunStore.ts';
import { preparePromptlyFolder, promptlyFolderOf } from './promptlyFolder.ts';
import { blockingFiles, waitingFiles } from './smallFiles.ts';

export interface WorkspaceStores {
  readonly cacheFor: (path: string) => ResponseCache | null;
  readonly runsFor: (path: string) => RunStore | null;
}

/** The cache and the runs of each workspace folder, in its `.promptly/`. */
export function createWorkspaceStores(host: {
  readonly settings: (path: string) => Settings;
  readonly workspaceFolderOf?: (path: string) => string | undefined;
  readonly log: Log;
  /** The process does nothing else while it runs prompts; default false. */
  readonly blockingFiles?: boolean;
}): WorkspaceStores {
  const blocking = host.blockingFiles ?? false;
  const caches = new Map<string, ResponseCache>();
  const stores = new Map<string, RunStore>();
  const keep = <Store>(
    known: Map<string, Store>,
    file: string,
    create: (folder: string, prepare: () => Promise<string>) => Store,
  ): Store | null => {
    const workspace = host.workspaceFolderOf?.(file);
    if (workspace === undefined) return null;
    const prepare = (): Promise<string> =>
      preparePromptlyFolder(workspace, host.settings(file).commitRecordings);
    const store = known.get(workspace) ?? create(promptlyFolderOf(workspace), prepare);
    known.set(workspace, store);
    return store;
  };
  return {
    cacheFor: (file) =>
      keep(caches, file, (folder, prepare) => {
        const { log } = host;
        const files = blocking ? blockingFiles : waitingFiles;
        return new DiskResponseCache({ folder: path.join(folder, 'cache'), log, prepare, files });
      }),
    runsFor: (file) =>
      keep(stores, file, (folder, prepare) =>
        createDiskRunStore({ folder: path.join(folder, 'runs'), prepare, blocking }),
      ),
  };
}
