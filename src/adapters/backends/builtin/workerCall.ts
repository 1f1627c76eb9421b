import type { BackendError } from '../../../core/domain/backendError.ts';
import type { FromWorker, ToWorker } from './workerMessages.ts';
import type { WorkerProcess } from './workerProcess.ts';

/** How long a worker may take to hear a cancel before it is ended: the native library may be stuck. */
const patienceMs = 10_000;

const isLast = (message: FromWorker) => ['finish', 'failed', 'stopped', 'probed'].includes(message.type);

/**
 * Sends a request and yields what comes back. Aborting ends the iteration at once; `settled` is called when the worker
 * is free again (or gone), which may be a moment later.
 */
export async function* callWorker(
  worker: WorkerProcess,
  request: Exclude<ToWorker, { type: 'cancel' }>,
  signal: AbortSignal,
  settled: () => void,
): AsyncGenerator<FromWorker> {
  const { id } = request;
  const arrived: FromWorker[] = [];
  // One object, because callbacks change it between two looks.
  const state: { wake: () => void; death: BackendError | null; free: boolean } = {
    wake: () => undefined,
    death: null,
    free: false,
  };
  let patience: NodeJS.Timeout | undefined;
  const settle = () => {
    if (state.free) return;
    state.free = true;
    clearTimeout(patience);
    stopListening();
    settled();
  };
  const stopListening = worker.listen(
    id,
    (message) => {
      arrived.push(message);
      if (isLast(message)) settle();
      state.wake();
    },
    (error) => {
      state.death = error;
      queueMicrotask(settle);
      state.wake();
    },
  );
  const onAbort = () => state.wake();
  signal.addEventListener('abort', onAbort);
  try {
    worker.send(request);
    for (;;) {
      signal.throwIfAborted();
      const message = arrived.shift();
      if (message) {
        yield message;
        if (isLast(message)) return;
      } else if (state.death) {
        throw state.death;
      } else {
        await new Promise<void>((resolve) => (state.wake = resolve));
      }
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    if (!state.free) {
      worker.send({ type: 'cancel', id });
      patience = setTimeout(() => void worker.kill(), patienceMs);
      patience.unref();
    }
  }
}
