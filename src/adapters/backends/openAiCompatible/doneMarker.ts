/** Watches the bytes of a stream for its end marker, which the client keeps to itself. */
export function createDoneMarker() {
  const decoder = new TextDecoder('latin1');
  let tail = '';
  let seen = false;
  return {
    get seen() {
      return seen;
    },
    watch: () =>
      new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          tail = (tail + decoder.decode(chunk)).slice(-64);
          seen = /(^|\n)data: ?\[DONE\]/.test(tail);
          controller.enqueue(chunk);
        },
      }),
  };
}
