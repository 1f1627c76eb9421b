/** Sees the bytes of an answer before the client does; what it returns is passed on. Throws to fail the answer. */
export interface BodyInspector {
  /** Null: nothing to pass on yet. */
  take(chunk: Uint8Array): Uint8Array | null;
  /** After the last byte: what is still held back. */
  end?(): Uint8Array | null;
  /** The answer has come to its own end: its reader need not wait until the server closes the body. */
  isComplete?(): boolean;
}

/** The body of a response, read by the client through an inspector. */
export interface InspectedBody {
  /** The same response; of its body it has what the clients read it with: its reader and its iterator. */
  readonly response: Response;
  /** Reads what the client left unread, and nothing if it read all. Rejects when the connection breaks. */
  drain(): Promise<void> | null;
}

type Chunk = ReadableStreamReadResult<Uint8Array>;

/**
 * A plain object in place of the body: a `ReadableStream` of our own, or a `TransformStream` and a new `Response`, cost
 * more than all the rest of a short call.
 */
export function inspectBody(
  response: Response,
  body: ReadableStream<Uint8Array>,
  inspector: BodyInspector,
): InspectedBody {
  const source = body.getReader();
  let ended = false;
  let complete = false;
  const read = async (): Promise<Chunk> => {
    while (!ended && !complete) {
      const { done, value } = await source.read();
      ended = done;
      const passed = done ? (inspector.end?.() ?? null) : inspector.take(value);
      complete = inspector.isComplete?.() ?? false;
      if (passed !== null && passed.length > 0) return { done: false, value: passed };
    }
    return { done: true, value: undefined };
  };
  const cancel = (reason?: unknown): Promise<void> => source.cancel(reason);
  const inspected = {
    getReader: () => ({ read, cancel, releaseLock: () => undefined }),
    cancel,
    [Symbol.asyncIterator]: () => ({
      next: read,
      return: () => cancel().then((): Chunk => ({ done: true, value: undefined })),
    }),
  };
  const drain = async (): Promise<void> => {
    while (!ended) ended = (await source.read()).done;
  };
  return {
    response: Object.defineProperty(response, 'body', { value: inspected }),
    drain: () => (ended ? null : drain()),
  };
}
