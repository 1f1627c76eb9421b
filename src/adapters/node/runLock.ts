import path from 'node:path';
import { RunInUse } from '../../core/ports/runStore.ts';
import { isProcessLocked, tryProcessLock, type LockHolder } from './processLock.ts';
import { lockFile } from './runFiles.ts';

/** Who has not been heard of for so long is not at the run any more. */
const silentMs = 30_000;

export interface RunLock {
  /** Throws `RunInUse` when another process has taken the run over, as this one was silent for too long. */
  check(): void;
  release(): Promise<void>;
}

/** Is some process at the run in this folder? Never throws. */
export const isLocked = (folder: string, nowMs = Date.now()): Promise<boolean> =>
  isProcessLocked(path.join(folder, lockFile), silentMs, nowMs);

/** Takes the run for this process. Throws `RunInUse` while another is at it, or this one is already. */
export async function lockRun(folder: string): Promise<RunLock> {
  const attempt = await tryProcessLock(path.join(folder, lockFile), silentMs);
  if (attempt.status === 'held') throw inUse(attempt.holder);
  const { lock } = attempt;
  return {
    check() {
      const holder = lock.lostTo();
      if (holder !== null) throw inUse(holder);
    },
    release: () => lock.release(),
  };
}

function inUse(holder: LockHolder | null): RunInUse {
  const where = holder === null ? '' : ` in process ${holder.pid} on ${holder.host}`;
  return new RunInUse(`This run is going on${where}.`);
}
