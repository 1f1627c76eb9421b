/** Items pulled one by one from a source that may not mind being told to stop. */
export interface InterruptibleReader<Item> {
  /** Rejects at once with the reason of `interrupt`, whether the source answers or not. */
  next(): Promise<IteratorResult<Item>>;
  /** Ends the wait of `next`, now and from now on. */
  interrupt(reason: unknown): void;
  /** Closes the source; one that was interrupted, and may hang, without waiting for it. Never rejects. */
  close(): Promise<void>;
}

/**
 * One slot for who waits instead of `Promise.race` against a promise that lives as long as the call: a race leaves a
 * reaction behind on it for every item.
 */
export function readInterruptibly<Item>(source: AsyncIterable<Item>): InterruptibleReader<Item> {
  const iterator = source[Symbol.asyncIterator]();
  let waiting: ((reason: unknown) => void) | null = null;
  let interruption: { readonly reason: Error } | null = null;
  return {
    next: () =>
      new Promise((resolve, reject) => {
        if (interruption !== null) {
          reject(interruption.reason);
          return;
        }
        waiting = reject;
        iterator.next().then(resolve, reject);
      }),
    interrupt(reason) {
      interruption ??= { reason: reason as Error };
      waiting?.(reason);
    },
    async close() {
      waiting = null;
      const closed = Promise.resolve(iterator.return?.()).then(
        () => undefined,
        () => undefined,
      );
      // A generator that waits for something cannot be closed before that settles; its signal has told it to stop.
      if (interruption === null) await closed;
    },
  };
}
