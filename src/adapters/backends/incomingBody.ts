import type { Readable } from 'node:stream';

type Chunk =
  { readonly done: false; readonly value: Uint8Array } | { readonly done: true; readonly value: undefined };

/** Bytes that may wait unread before the sender is held back. */
const mostWaiting = 256 * 1024;
const theEnd: Chunk = { done: true, value: undefined };

/** The body of an answer with what is used of a `ReadableStream`; that one would cost more than a short call. */
export class IncomingBody {
  readonly #message: Readable;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #ended = false;
  #error: Error | null = null;
  #reader: { resolve: (chunk: Chunk) => void; reject: (error: Error) => void } | null = null;

  constructor(message: Readable) {
    this.#message = message;
    message.on('data', (bytes: Uint8Array) => this.#take(bytes));
    message.once('end', () => this.#end(null));
    // Also a body that is cut short is an error here.
    message.on('error', (error) => this.#end(new TypeError('terminated', { cause: error })));
  }

  /** One read at a time. Rejects when the connection broke before the end. */
  read(): Promise<Chunk> {
    const value = this.#waiting.shift();
    if (value !== undefined) {
      this.#waitingBytes -= value.length;
      if (this.#waitingBytes < mostWaiting) this.#message.resume();
      return Promise.resolve({ done: false, value });
    }
    if (this.#error !== null) return Promise.reject(this.#error);
    if (this.#ended) return Promise.resolve(theEnd);
    return new Promise((resolve, reject) => (this.#reader = { resolve, reject }));
  }

  /** Closes the connection, unless the body has come to its end. */
  cancel(): Promise<void> {
    if (!this.#ended) this.#message.destroy();
    this.#end(null);
    return Promise.resolve();
  }

  getReader() {
    return {
      read: () => this.read(),
      cancel: () => this.cancel(),
      releaseLock: () => undefined,
    };
  }

  [Symbol.asyncIterator]() {
    return {
      next: () => this.read(),
      return: () => this.cancel().then(() => theEnd),
    };
  }

  async text(): Promise<string> {
    const chunks: Uint8Array[] = [];
    for (let chunk = await this.read(); !chunk.done; chunk = await this.read()) chunks.push(chunk.value);
    return Buffer.concat(chunks).toString();
  }

  #take(bytes: Uint8Array): void {
    const reader = this.#reader;
    if (reader !== null) {
      this.#reader = null;
      reader.resolve({ done: false, value: bytes });
      return;
    }
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    if (this.#waitingBytes >= mostWaiting) this.#message.pause();
  }

  #end(error: Error | null): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#error = error;
    const reader = this.#reader;
    this.#reader = null;
    if (error === null) reader?.resolve(theEnd);
    else reader?.reject(error);
  }
}
