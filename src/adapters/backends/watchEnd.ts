import type { BodyInspector } from './inspectBody.ts';

export interface EndWatch extends BodyInspector {
  isComplete(): boolean;
}

/** Characters: enough for the end of a stream in any server's spelling. */
const tailLength = 256;

/**
 * Watches for the end of a stream of events: some servers and proxies keep the connection open after it, and a client
 * that reads until it closes would wait for the deadline with the whole answer in its hands. `end` is looked for in the
 * last bytes, as characters of one byte each.
 */
export function watchEnd(end: RegExp): EndWatch {
  let tail = '';
  let complete = false;
  return {
    take(chunk) {
      const bytes = chunk.length > tailLength ? chunk.subarray(-tailLength) : chunk;
      tail = (tail + String.fromCharCode(...bytes)).slice(-tailLength);
      complete = end.test(tail);
      return chunk;
    },
    isComplete: () => complete,
  };
}
