export interface Coalescer {
  add(text: string): void;
  /** Passes on what waits. */
  flush(): void;
}

/** Gathers small pieces, so that a fast stream costs the editor about twenty updates a second and not a thousand. */
export function coalesce(pass: (text: string) => void, intervalMs = 50): Coalescer {
  let waiting = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const text = waiting;
    waiting = '';
    if (text !== '') pass(text);
  };
  return {
    add(text) {
      waiting += text;
      timer ??= setTimeout(flush, intervalMs);
    },
    flush,
  };
}
