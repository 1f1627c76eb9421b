import type { BackendId } from '../domain/backendId.ts';
import { autoOrder } from '../domain/backendId.ts';
import type { BackendDescription, BackendDirectory } from '../ports/backendDirectory.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { BackendHealth, ModelBackend, ModelInfo } from '../ports/modelBackend.ts';

export interface Candidate {
  readonly description: BackendDescription;
  readonly backend: ModelBackend | null;
  readonly health: BackendHealth;
}

const probeLimitMs = 2_000;

/** Asks every backend that `auto` may take for its health, at once; the answers come in the order of their rank. */
export async function* probeBackends(
  world: { readonly backends: BackendDirectory; readonly clock: Clock; readonly log: Log },
  signal: AbortSignal,
): AsyncGenerator<Candidate> {
  const listed = new Map(world.backends.list().map((description) => [description.id, description]));
  const probes = autoOrder.flatMap((id) => {
    const description = listed.get(id);
    return description === undefined ? [] : [probe(world, description, signal)];
  });
  for (const candidate of probes) yield await candidate;
}

async function probe(
  world: { readonly backends: BackendDirectory; readonly clock: Clock; readonly log: Log },
  description: BackendDescription,
  signal: AbortSignal,
): Promise<Candidate> {
  let backend: ModelBackend | null = null;
  const ask = async (limited: AbortSignal): Promise<BackendHealth> => {
    backend = await world.backends.open(description.id);
    return backend.checkHealth(limited);
  };
  const health = await within(world.clock, ask, signal).catch((error: unknown): BackendHealth => {
    world.log.warn(
      `The health check of ${description.id} failed: ${error instanceof Error ? error.name : ''}`,
    );
    return { status: 'unavailable', detail: 'the health check failed', hint: 'See the log.' };
  });
  const late: BackendHealth = {
    status: 'unavailable',
    detail: 'no answer within 2 s',
    hint: 'Check that it is not overloaded.',
  };
  return { description, backend, health: health ?? late };
}

/** The models of a backend, or null when it does not say within the limit. */
export async function knownModels(
  clock: Clock,
  backend: ModelBackend,
  signal: AbortSignal,
): Promise<readonly ModelInfo[] | null> {
  const models = await within(clock, (limited) => backend.listModels(limited), signal).catch(() => null);
  return models !== null && models.length > 0 ? models : null;
}

/** Ollama's `llama3` is `llama3:latest`. */
export function hasModel(id: BackendId, models: readonly ModelInfo[], model: string): boolean {
  return models.some((info) => info.id === model || (id === 'ollama' && info.id === `${model}:latest`));
}

/** The answer, or null when it takes longer than the limit; what was asked is told to stop either way. */
async function within<Answer>(
  clock: Clock,
  ask: (signal: AbortSignal) => Promise<Answer>,
  signal: AbortSignal,
): Promise<Answer | null> {
  const limit = new AbortController();
  const stop = (): void => limit.abort(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    const late = clock.sleep(probeLimitMs, limit.signal).then(() => null);
    const answer = ask(limit.signal);
    answer.catch(() => undefined);
    return await Promise.race([answer, late]);
  } finally {
    signal.removeEventListener('abort', stop);
    limit.abort();
  }
}
