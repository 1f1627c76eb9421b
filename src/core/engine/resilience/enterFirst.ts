import type { ModelRequest } from '../../domain/chat.ts';
import type { ModelBackend, ModelEvent } from '../../ports/modelBackend.ts';
import type { SendGate } from '../../ports/sendGate.ts';
import type { EngineBackend } from '../engineBackend.ts';

/** A backend that knows of no gate begins its call when the gate has been entered. */
export function enterFirst(backend: ModelBackend): EngineBackend {
  if (backend.entersGate) return backend;
  return {
    id: backend.id,
    stream: (request, signal, gate) =>
      gate === undefined ? backend.stream(request, signal) : entered(backend, request, signal, gate),
  };
}

async function* entered(
  backend: ModelBackend,
  request: ModelRequest,
  signal: AbortSignal,
  gate: SendGate,
): AsyncGenerator<ModelEvent> {
  await new Promise<void>((resolve, reject) => {
    const stop = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', stop, { once: true });
    gate.enter(signal, () => {
      signal.removeEventListener('abort', stop);
      resolve();
    });
    if (signal.aborted) stop();
  });
  yield* backend.stream(request, signal);
}
