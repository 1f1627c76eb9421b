import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

export interface Job {
  readonly part: string;
  readonly job: number;
  readonly runs: number;
}

/**
 * Does the jobs on all cores, the last ones first: within a table these take longest, and no core should be left with one
 * at the end. Results are in the order of the jobs. Seeded by cell: the threads change nothing.
 */
export async function runJobs(jobs: readonly Job[], onDone: (done: number) => void): Promise<unknown[]> {
  const results = new Array<unknown>(jobs.length);
  let next = jobs.length - 1;
  let done = 0;
  const work = async (): Promise<void> => {
    const worker = new Worker(new URL('./startWorker.mjs', import.meta.url));
    try {
      for (let at = next--; at >= 0; at = next--) {
        results[at] = await ask(worker, jobs[at]!);
        done += 1;
        onDone(done);
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), jobs.length) }, work));
  return results;
}

function ask(worker: Worker, job: Job): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const end = (): void => void worker.off('message', onMessage).off('error', onError);
    const onMessage = (result: unknown): void => {
      end();
      resolve(result);
    };
    const onError = (error: Error): void => {
      end();
      reject(error);
    };
    worker.on('message', onMessage).on('error', onError).postMessage(job);
  });
}
