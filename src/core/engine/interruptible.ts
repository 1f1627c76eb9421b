/**
 * Pulls from `source` and stops waiting the moment `signal` aborts, whether or not the source minds the signal: throws
 * the signal's reason. The source is closed in every case; one that hangs is closed without waiting for it.
 */
export async function* interruptible<Item>(
  source: AsyncIterable<Item>,
  signal: AbortSignal,
): AsyncGenerator<Item> {
  const iterator = source[Symbol.asyncIterator]();
  let interrupt: ((reason: unknown) => void) | null = null;
  const onAbort = (): void => interrupt?.(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  // One slot instead of `Promise.race` against a promise that lives as long as the call: a race leaves a reaction
  // behind on it for every event.
  const next = (): Promise<IteratorResult<Item>> =>
    new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason as Error);
        return;
      }
      interrupt = reject;
      iterator.next().then(resolve, reject);
    });
  let ended = false;
  try {
    while (true) {
      const result = await next();
      if (signal.aborted) throw signal.reason;
      if (result.done === true) {
        ended = true;
        return;
      }
      yield result.value;
    }
  } finally {
    interrupt = null;
    signal.removeEventListener('abort', onAbort);
    if (!ended) await close(iterator, signal);
  }
}

/** A generator that waits for something cannot be closed before that settles; its signal has told it to stop. */
async function close(iterator: AsyncIterator<unknown>, signal: AbortSignal): Promise<void> {
  const closed = Promise.resolve(iterator.return?.()).then(
    () => undefined,
    () => undefined,
  );
  if (!signal.aborted) await closed;
}
