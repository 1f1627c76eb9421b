/** One request at a time, in the order they came. An aborted one leaves the line at once. */
export interface RequestQueue {
  /** Resolves with a function that lets the next one in. Rejects with the signal's reason. */
  enter(signal: AbortSignal): Promise<() => void>;
}

export function createRequestQueue(): RequestQueue {
  const waiting: (() => void)[] = [];
  let busy = false;

  const leave = () => {
    const next = waiting.shift();
    if (next) next();
    else busy = false;
  };
  const once = () => {
    let left = false;
    return () => {
      if (!left) leave();
      left = true;
    };
  };

  return {
    async enter(signal) {
      signal.throwIfAborted();
      if (!busy) {
        busy = true;
        return once();
      }
      await new Promise<void>((resolve, reject) => {
        const admit = () => {
          signal.removeEventListener('abort', giveUp);
          resolve();
        };
        const giveUp = () => {
          waiting.splice(waiting.indexOf(admit), 1);
          reject(signal.reason as Error);
        };
        waiting.push(admit);
        signal.addEventListener('abort', giveUp, { once: true });
      });
      return once();
    },
  };
}
