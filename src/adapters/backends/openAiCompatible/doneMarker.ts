import type { BodyInspector } from '../inspectBody.ts';

/** Watches the bytes of a stream for its end marker, which the client keeps to itself. */
export function createDoneMarker() {
  const decoder = new TextDecoder('latin1');
  let tail = '';
  let seen = false;
  return {
    get seen() {
      return seen;
    },
    watch: (): BodyInspector => ({
      take(chunk) {
        tail = (tail + decoder.decode(chunk)).slice(-64);
        seen = /(^|\n)data: ?\[DONE\]/.test(tail);
        return chunk;
      },
    }),
  };
}
