import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';

interface Entry {
  readonly file: string;
  readonly bytes: number;
  readonly usedMs: number;
}

const staleTemporaryMs = 60 * 60 * 1000;

/** Removes the entries that were not used for longest until the rest takes at most `targetBytes`. Returns their size. */
export async function evictEntries(folder: string, maxBytes: number, targetBytes: number): Promise<number> {
  const entries = await listEntries(folder);
  let total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total <= maxBytes) return total;
  entries.sort((a, b) => a.usedMs - b.usedMs);
  for (const { file, bytes } of entries) {
    if (total <= targetBytes) break;
    // Another process may have been faster.
    await rm(file, { force: true });
    total -= bytes;
  }
  return total;
}

async function listEntries(folder: string): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const shard of await readdir(folder).catch(() => [])) {
    for (const name of await readdir(path.join(folder, shard)).catch(() => [])) {
      const file = path.join(folder, shard, name);
      const stats = await stat(file).catch(() => null);
      if (stats === null) continue;
      const isStale = name.endsWith('.tmp') && Date.now() - stats.mtimeMs > staleTemporaryMs;
      if (isStale) await rm(file, { force: true });
      else entries.push({ file, bytes: stats.size, usedMs: stats.mtimeMs });
    }
  }
  return entries;
}
