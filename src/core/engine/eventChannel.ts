/** Many writers, one reader, bounded: a writer waits while the reader is behind. */
export interface EventChannel<Item> {
  /** Resolves when there is room for more. Never rejects; after `unblock` it never waits. */
  write(item: Item): Promise<void> | undefined;
  /** No more writes; the reader gets what is left, then the end or `error`. */
  close(error?: unknown): void;
  /** Lets waiting writers go on: they are about to end. */
  unblock(): void;
  /** All that has been written since, at least one; null at the end. Rejects with the error it was closed with. */
  take(): Promise<readonly Item[] | null>;
}

export function createEventChannel<Item>(capacity: number): EventChannel<Item> {
  let queue: Item[] = [];
  let closed = false;
  let failure: { error: unknown } | null = null;
  let bounded = true;
  let wakeReader: (() => void) | null = null;
  let wakeWriters: (() => void)[] = [];
  const letWritersGo = (): void => {
    const writers = wakeWriters;
    wakeWriters = [];
    for (const wake of writers) wake();
  };
  return {
    write(item) {
      queue.push(item);
      wakeReader?.();
      if (!bounded || queue.length < capacity) return undefined;
      return new Promise((resolve) => wakeWriters.push(resolve));
    },
    close(error) {
      closed = true;
      if (error !== undefined) failure = { error };
      wakeReader?.();
    },
    unblock() {
      bounded = false;
      letWritersGo();
    },
    async take() {
      while (queue.length === 0) {
        if (failure !== null) throw failure.error;
        if (closed) return null;
        await new Promise<void>((resolve) => (wakeReader = resolve));
        wakeReader = null;
      }
      const batch = queue;
      queue = [];
      letWritersGo();
      return batch;
    },
  };
}
