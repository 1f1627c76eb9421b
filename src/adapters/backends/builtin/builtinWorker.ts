// The process that holds the model. Talks to its parent over IPC, answers one request at a time, and ends with it.
import { BackendError } from '../../../core/domain/backendError.ts';
import { generateAnswer } from './generateAnswer.ts';
import { ModelHolder } from './loadedModel.ts';
import { readToWorker, type FromWorker, type ToWorker } from './workerMessages.ts';

const holder = new ModelHolder();
const running = new Map<number, AbortController>();

const send = (message: FromWorker) => {
  process.send?.(message);
};

async function answer(message: Exclude<ToWorker, { type: 'cancel' }>): Promise<void> {
  const { id } = message;
  const controller = new AbortController();
  running.set(id, controller);
  try {
    if (message.type === 'generate') await generateAnswer(message, holder, controller.signal, send);
    else await probe(id, message.runtimeFolder);
  } catch (error) {
    if (controller.signal.aborted) send({ type: 'stopped', id });
    else send(toFailed(id, error));
  } finally {
    running.delete(id);
  }
}

async function probe(id: number, folder: string): Promise<void> {
  const { llama, version } = await holder.openRuntime(folder);
  send({ type: 'probed', id, description: `node-llama-cpp ${version} on ${llama.gpu || 'the processor'}` });
}

function toFailed(id: number, error: unknown): FromWorker {
  // The reason goes to the log by stderr: it may hold paths, never the prompt.
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  process.stderr.write(`${cause instanceof Error ? `${cause.name}: ${cause.message}` : 'unknown error'}\n`);
  if (BackendError.is(error)) {
    return { type: 'failed', id, code: error.code, message: error.message, hint: error.hint ?? null };
  }
  return {
    type: 'failed',
    id,
    code: 'internal',
    message: 'The embedded model failed while it answered.',
    hint: null,
  };
}

process.on('message', (value) => {
  const message = readToWorker(value);
  if (!message) return;
  if (message.type === 'cancel') running.get(message.id)?.abort();
  else void answer(message);
});
// The parent is gone: nobody will read the answer.
process.on('disconnect', () => process.exit(0));
