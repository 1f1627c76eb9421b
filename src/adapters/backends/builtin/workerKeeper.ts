import type { Log } from '../../../core/ports/log.ts';
import { startWorkerProcess, type WorkerProcess } from './workerProcess.ts';

export interface WorkerKeeper {
  /** The running worker, or a fresh one. It is kept until `release`, and for a while after. */
  take(): { readonly worker: WorkerProcess; readonly release: () => void };
  nextId(): number;
  dispose(): Promise<void>;
}

/** Starts the worker on first use, replaces a dead one, and ends it after a time of rest. */
export function createWorkerKeeper(workerPath: string, idleShutdownMs: number, log: Log): WorkerKeeper {
  let worker: WorkerProcess | null = null;
  let idle: NodeJS.Timeout | undefined;
  let lastId = 0;

  const rest = () => {
    worker?.letHostEnd();
    idle = setTimeout(() => {
      log.debug('The embedded model is unloaded: it was not used for a while.');
      void worker?.kill();
      worker = null;
    }, idleShutdownMs);
    idle.unref();
  };

  return {
    take() {
      clearTimeout(idle);
      if (!worker?.alive) worker = startWorkerProcess(workerPath, log);
      worker.keepHost();
      return { worker, release: rest };
    },
    nextId: () => ++lastId,
    async dispose() {
      clearTimeout(idle);
      const last = worker;
      worker = null;
      await last?.kill();
    },
  };
}
