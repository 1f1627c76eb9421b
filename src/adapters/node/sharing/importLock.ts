import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { FileError } from '../../../core/ports/fileSystem.ts';
import { createOnce } from '../createOnce.ts';
import { isProcess } from '../isProcess.ts';

const lockName = '.promptly-import.lock';
const pollMs = 50;
const patienceMs = 5_000;
/** No import places its files for so long: whoever held the lock is gone, on this machine or another. */
const abandonedMs = 10 * 60_000;

/** Does `work` while no other process does so for the same folder. Throws `FileError` when another one goes on and on. */
export async function withImportLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const file = path.join(folder, lockName);
  const mine = `${process.pid} ${os.hostname()} ${randomUUID()}\n`;
  const giveUpMs = performance.now() + patienceMs;
  while (!(await createOnce(file, mine))) {
    if (performance.now() > giveUpMs) {
      throw new FileError(
        'other',
        `Another import is writing into this folder; nothing was written. Import again when it is done; if there is none, delete ${lockName}.`,
      );
    }
    if (!(await removeIfLeft(file))) await setTimeout(pollMs);
  }
  try {
    return await work();
  } finally {
    // One that cannot be removed is found to be left behind: what was written stands.
    if ((await read(file)) === mine) await rm(file, { force: true }).catch(() => undefined);
  }
}

const read = (file: string): Promise<string | null> => readFile(file, 'utf8').catch(() => null);

/** True when a lock was there that its process did not take along when it was killed. */
async function removeIfLeft(file: string): Promise<boolean> {
  const held = await read(file);
  const stats = await stat(file).catch(() => null);
  if (held === null || stats === null) return false;
  const [pid, host] = held.trim().split(' ');
  const isDead = host === os.hostname() && !isProcess(Number(pid));
  if (!isDead && Date.now() - stats.mtimeMs < abandonedMs) return false;
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
  } catch {
    return false;
  }
  const taken = await read(aside);
  // Somebody was faster, and this is the lock they took since: it goes back.
  if (taken !== null && taken !== held) await createOnce(file, taken);
  await rm(aside, { force: true });
  return taken === held;
}
