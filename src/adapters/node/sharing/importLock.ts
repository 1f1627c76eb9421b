import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { FileError } from '../../../core/ports/fileSystem.ts';
import { tryProcessLock, type ProcessLock } from '../processLock.ts';

const lockName = '.promptly-import.lock';
const pollMs = 50;
const patienceMs = 5_000;
/** No import places its files for so long: whoever held the lock is gone, on this machine or another. */
const abandonedMs = 10 * 60_000;

/** Does `work` while no other process does so for the same folder. Throws `FileError` when another one goes on and on. */
export async function withImportLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const lock = await waitForLock(path.join(folder, lockName));
  try {
    return await work();
  } finally {
    await lock.release();
  }
}

async function waitForLock(file: string): Promise<ProcessLock> {
  const giveUpMs = performance.now() + patienceMs;
  for (;;) {
    const attempt = await tryProcessLock(file, abandonedMs);
    if (attempt.status === 'taken') return attempt.lock;
    if (performance.now() > giveUpMs) {
      throw new FileError(
        'other',
        `Another import is writing into this folder; nothing was written. Import again when it is done; if there is none, delete ${lockName}.`,
      );
    }
    await setTimeout(pollMs);
  }
}
