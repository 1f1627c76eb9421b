/** Sees the bytes of an answer before the client does; what it returns is passed on. Throws to fail the answer. */
export interface BodyInspector {
  /** Null: nothing to pass on yet. */
  take(chunk: Uint8Array): Uint8Array | null;
  /** After the last byte: what is still held back. */
  end?(): Uint8Array | null;
}

/**
 * The same response with its body inspected. One stream that is pulled from, not a `TransformStream` and a new
 * `Response`: these two cost more than all the rest of a short call.
 */
export function inspectBody(
  response: Response,
  body: ReadableStream<Uint8Array>,
  inspector: BodyInspector,
): Response {
  const reader = body.getReader();
  const inspected = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        while (true) {
          const { done, value } = await reader.read();
          const passed = done ? (inspector.end?.() ?? null) : inspector.take(value);
          if (passed !== null && passed.length > 0) controller.enqueue(passed);
          if (done) controller.close();
          if (done || passed !== null) return;
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
  return Object.defineProperty(response, 'body', { value: inspected });
}
