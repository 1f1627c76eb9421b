import { parentPort } from 'node:worker_threads';

/** The thread's side of `openThread`: answers every question, and tells what was thrown instead of an answer. */
export function answerInThread(answer: (question: unknown) => unknown): void {
  parentPort?.on('message', ({ id, question }: { readonly id: number; readonly question: unknown }) => {
    try {
      parentPort?.postMessage({ id, answer: answer(question) });
    } catch (error) {
      parentPort?.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
    }
  });
}
