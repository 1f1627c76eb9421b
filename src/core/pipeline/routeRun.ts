import type { BackendId } from '../domain/backendId.ts';
import { createFailure } from '../domain/createFailure.ts';
import type { Failure } from '../domain/failure.ts';
import type { Route } from '../domain/runEvent.ts';
import { toFailure } from '../engine/toFailure.ts';
import type { RouteDecision, RouteLayer } from '../planning/chooseRoute.ts';
import { chooseRoute } from '../planning/chooseRoute.ts';
import type { ModelBackend } from '../ports/modelBackend.ts';
import type { Settings } from '../ports/settings.ts';
import type { Candidate } from './modelProbe.ts';
import { hasModel, knownModels, probeBackends } from './modelProbe.ts';
import type { World } from './pipeline.ts';

export type Routed =
  | { readonly status: 'routed'; readonly route: Route; readonly backend: ModelBackend }
  | { readonly status: 'failed'; readonly failure: Failure; readonly route: Route | null };

export type Router = (layers: readonly RouteLayer[]) => Promise<Routed>;

/** Routes the calls of one run; backends are probed at most once in it. */
export function createRouter(world: World, settings: Settings, signal: AbortSignal): Router {
  let probed: Promise<readonly Candidate[]> | null = null;
  const probeAll = async (): Promise<readonly Candidate[]> => {
    const candidates: Candidate[] = [];
    for await (const candidate of probeBackends(world, signal)) {
      candidates.push(candidate);
    }
    return candidates;
  };
  return async (layers) => {
    const decision = chooseRoute(layers, settings);
    if (decision.backend !== 'auto') {
      return openNamed(world, settings, decision, decision.backend, signal);
    }
    if (decision.model !== null) {
      probed ??= probeAll();
      return findModel(world, await probed, decision.model, signal);
    }
    return firstThatAnswers(world, settings, signal);
  };
}

async function openNamed(
  world: World,
  settings: Settings,
  decision: RouteDecision,
  id: BackendId,
  signal: AbortSignal,
): Promise<Routed> {
  try {
    const backend = await world.backends.open(id);
    const model = decision.model ?? (await defaultModel(world, settings, backend, signal));
    if (model === null) return { status: 'failed', failure: noModel(id), route: null };
    return { status: 'routed', backend, route: { backend: id, model, reason: decision.reason } };
  } catch (error) {
    const route = { backend: id, model: decision.model ?? '', reason: decision.reason };
    return { status: 'failed', failure: toFailure(error, signal), route };
  }
}

/** `auto` without a model: the first that is ready; else the first that would after the user agrees to its set-up. */
async function firstThatAnswers(world: World, settings: Settings, signal: AbortSignal): Promise<Routed> {
  const tried: Candidate[] = [];
  for await (const candidate of probeBackends(world, signal)) {
    tried.push(candidate);
    const { backend, health } = candidate;
    if (health.status !== 'ready' || backend === null) continue;
    const model = await defaultModel(world, settings, backend, signal);
    if (model === null) continue;
    const reason = `no backend is named, so the first that is ready answers: ${health.detail}`;
    return { status: 'routed', backend, route: { backend: backend.id, model, reason, automatic: true } };
  }
  for (const { backend, health, description } of tried) {
    if (health.status !== 'needs-setup' || backend === null) continue;
    const model = await defaultModel(world, settings, backend, signal);
    if (model === null) continue;
    const reason = `no backend is named and none is ready; ${description.label} needs its set-up first (${health.detail})`;
    return { status: 'routed', backend, route: { backend: backend.id, model, reason, automatic: true } };
  }
  return { status: 'failed', failure: nobodyAnswers(tried), route: null };
}

/** `auto` with a model: the first backend that has it; one that does not list its models only if nobody else has it. */
async function findModel(
  world: World,
  candidates: readonly Candidate[],
  model: string,
  signal: AbortSignal,
): Promise<Routed> {
  const ready = candidates.filter(({ health }) => health.status === 'ready');
  const lists = await Promise.all(
    ready.map(async ({ backend }) =>
      backend === null ? null : await knownModels(world.clock, backend, signal),
    ),
  );
  const routeTo = ({ backend, description }: Candidate, why: string): Routed | null =>
    backend === null
      ? null
      : {
          status: 'routed',
          backend,
          route: { backend: backend.id, model, reason: `no backend is named; ${description.label} ${why}` },
        };
  for (const [index, candidate] of ready.entries()) {
    const models = lists[index] ?? null;
    if (models === null || !hasModel(candidate.description.id, models, model)) continue;
    const routed = routeTo(candidate, `has the model ${model}`);
    if (routed !== null) return routed;
  }
  for (const [index, candidate] of ready.entries()) {
    if ((lists[index] ?? null) !== null) continue;
    const routed = routeTo(candidate, `answers and does not list its models`);
    if (routed !== null) return routed;
  }
  const first = ready[0];
  if (first === undefined) return { status: 'failed', failure: nobodyAnswers(candidates), route: null };
  const asked = ready.map(({ description }) => description.label).join(', ');
  const hint = `Pick another model, ${first.description.id === 'ollama' ? `pull it (ollama pull ${model}), ` : ''}set the API key of the backend that has it, or map it with promptly.modelAliases.`;
  return {
    status: 'failed',
    failure: createFailure(
      'model-not-found',
      `No backend that answers has the model "${model}" (asked: ${asked}).`,
      {
        hint,
      },
    ),
    route: {
      backend: first.description.id,
      model,
      reason: `no backend is named; ${first.description.label} answers`,
    },
  };
}

/** The settings' model for a backend, which may differ by folder; else the backend's own; else its only one. */
async function defaultModel(
  world: World,
  settings: Settings,
  backend: ModelBackend,
  signal: AbortSignal,
): Promise<string | null> {
  const { ollama, claude, openai, builtin } = settings;
  const bySettings: Partial<Record<BackendId, string>> = {
    ollama: ollama.model,
    claude: claude.model,
    openai: openai.model,
    builtin: builtin.model,
  };
  const named = bySettings[backend.id] ?? '';
  if (named !== '') return named;
  if (backend.defaultModel !== null && backend.defaultModel !== '') return backend.defaultModel;
  // A custom executor is a model by itself.
  if (backend.id.startsWith('custom:')) return backend.id.slice('custom:'.length);
  const models = await knownModels(world.clock, backend, signal);
  return models?.length === 1 ? (models[0]?.id ?? null) : null;
}

const noModel = (id: BackendId): Failure =>
  createFailure('model-not-found', `No model is named for the backend "${id}", and it has no default.`, {
    hint: `Put \`model:\` into the file, or set promptly.${id}.model.`,
  });

function nobodyAnswers(tried: readonly Candidate[]): Failure {
  const reasons = tried.map(
    ({ description, health }) => `${description.label}: ${health.detail.replace(/\.$/, '')}`,
  );
  const detail = reasons.length === 0 ? 'none is configured' : reasons.join('; ');
  return createFailure('backend-not-running', `No backend answers (${detail}).`, {
    hint: 'Start Ollama, set an API key, or choose the embedded model.',
  });
}
