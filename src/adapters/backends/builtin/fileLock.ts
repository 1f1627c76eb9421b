import { BackendError } from '../../../core/domain/backendError.ts';
import { tryProcessLock } from '../../node/processLock.ts';

/** Longer than a machine is asleep for a while: a download on it goes on then. */
const silentMs = 10 * 60_000;

/** Runs `work` while no other process does the same. The lock of a process that died is taken over. */
export async function withFileLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  const attempt = await tryProcessLock(file, silentMs);
  if (attempt.status === 'held') {
    throw new BackendError('rejected', 'Another window or terminal is downloading this already.', {
      hint: 'Wait until it has finished.',
    });
  }
  try {
    return await work();
  } finally {
    await attempt.lock.release();
  }
}
