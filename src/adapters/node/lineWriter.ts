import { writeSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';

export interface LineWriter {
  /** Resolves once the line is written; rejects when it could not be. */
  append(line: string): Promise<void>;
  /** Writes what waits, then closes the file. */
  close(): Promise<void>;
}

/**
 * Appends lines to a file. Lines that come while others are being written wait and go together in one write, in order:
 * a run with many calls in flight would otherwise spend its time on thousands of small writes. Each write holds whole
 * lines only, so what several processes append does not mix.
 *
 * @param blocking write without waking another thread; for a process that does nothing else
 */
export function createLineWriter(handle: FileHandle, blocking: boolean): LineWriter {
  let waiting: string[] = [];
  let next: Promise<void> | null = null;
  let last: Promise<void> = Promise.resolve();
  const writeWaiting = async (): Promise<void> => {
    await last.catch(() => undefined);
    // What ends in the same turn of the event loop goes along.
    await new Promise((resolve) => setImmediate(resolve));
    const bytes = Buffer.from(waiting.join(''));
    waiting = [];
    if (next !== null) last = next;
    next = null;
    await writeWhole(handle, bytes, blocking);
  };
  return {
    append(line) {
      waiting.push(line);
      next ??= writeWaiting();
      return next;
    },
    async close() {
      await Promise.allSettled([last, next]);
      await handle.close();
    },
  };
}

async function writeWhole(handle: FileHandle, bytes: Buffer, blocking: boolean): Promise<void> {
  for (let offset = 0; offset < bytes.length;) {
    offset += blocking
      ? writeSync(handle.fd, bytes, offset)
      : (await handle.write(bytes, offset)).bytesWritten;
  }
}
