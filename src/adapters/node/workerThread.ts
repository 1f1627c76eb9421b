import { Worker } from 'node:worker_threads';

/** A thread that answers questions one after another; see `answerInThread`. */
export interface ThreadClient {
  /** Rejects when the thread could not answer or has ended. */
  ask(question: unknown): Promise<unknown>;
  close(): void;
}

interface Answer {
  readonly id: number;
  readonly answer?: unknown;
  readonly error?: string;
}

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** @param data reaches the thread as its `workerData` */
export function openThread(file: string, data: unknown): ThreadClient {
  const worker = new Worker(file, { workerData: data });
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  let ended: Error | null = null;
  const end = (error: Error): void => {
    ended ??= error;
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  };
  worker.on('message', ({ id, answer, error }: Answer) => {
    const question = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) question?.resolve(answer);
    else question?.reject(new Error(error));
  });
  worker.on('error', (error) => end(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', () => end(new Error('The thread has ended.')));
  return {
    ask: (question) =>
      new Promise((resolve, reject) => {
        if (ended !== null) {
          reject(ended);
          return;
        }
        waiting.set(++asked, { resolve, reject });
        worker.postMessage({ id: asked, question });
      }),
    close: () => void worker.terminate(),
  };
}
