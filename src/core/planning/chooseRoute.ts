import type { BackendId } from '../domain/backendId.ts';
import { isBackendId, splitModel } from '../domain/backendId.ts';

/** Somebody who may say where a prompt runs: the command, a step or variant, the file. */
export interface RouteLayer {
  readonly backend?: BackendId | undefined;
  readonly model?: string | undefined;
  /** Completes "… says so", e.g. "this run", "step review", "the file". */
  readonly who: string;
}

export interface RouteRules {
  readonly modelAliases: Readonly<Record<string, string>>;
  readonly defaultBackend: 'auto' | BackendId;
}

export interface RouteDecision {
  readonly backend: BackendId | 'auto';
  /** null: the backend's default. */
  readonly model: string | null;
  readonly reason: string;
}

/**
 * "Choosing the backend" of the format's reference: the layers in the order of their say, then the settings' default.
 * A model that belongs to another backend than the one chosen is not taken along.
 */
export function chooseRoute(layers: readonly RouteLayer[], rules: RouteRules): RouteDecision {
  const named = layers.map((layer) => resolveLayer(layer, rules.modelAliases));
  const decider = named.find((layer) => layer.backend !== null);
  const backend = decider?.backend ?? rules.defaultBackend;
  const modelFrom = named.find(
    (layer) => layer.model !== null && (layer.backend === null || layer.backend === backend),
  );
  const reason =
    decider?.reason ??
    (backend === 'auto' ? 'auto' : `promptly.defaultBackend is ${backend}`) +
      (modelFrom === undefined ? '' : `; the model is named by ${modelFrom.who}`);
  return { backend, model: modelFrom?.model ?? null, reason };
}

interface NamedLayer {
  readonly backend: BackendId | null;
  readonly model: string | null;
  readonly reason: string;
  readonly who: string;
}

function resolveLayer(layer: RouteLayer, aliases: Readonly<Record<string, string>>): NamedLayer {
  const { who } = layer;
  const model = layer.model ?? null;
  const alias = model !== null && Object.hasOwn(aliases, model) ? aliases[model] : undefined;
  // Only a file's backend gives way to an alias; an explicit choice of a backend does not.
  const aliasWins = alias !== undefined && (layer.backend === undefined || who === fileLayer);
  if (aliasWins) {
    const target = splitModel(alias);
    return {
      backend: target.backend ?? layer.backend ?? null,
      model: target.model,
      who,
      reason: `promptly.modelAliases maps ${model ?? ''} to ${alias}`,
    };
  }
  if (layer.backend !== undefined) {
    const prefix = `${layer.backend}/`;
    const own = model?.startsWith(prefix) === true ? model.slice(prefix.length) : model;
    return { backend: layer.backend, model: own, who, reason: `${who} names ${layer.backend}` };
  }
  if (model === null) return { backend: null, model, who, reason: '' };
  const split = splitModelText(model);
  return { ...split, who, reason: `${who} names the model ${model}` };
}

/** `custom:<name>` alone is a model too: the executor has none of its own. */
function splitModelText(model: string): { backend: BackendId | null; model: string | null } {
  return model.startsWith('custom:') && isBackendId(model) && !model.includes('/')
    ? { backend: model, model: null }
    : splitModel(model);
}

/** The `who` of a prompt file's own layer. */
export const fileLayer = 'the file';

/** The `who` of what the user chose for this run. */
export const choiceLayer = 'the choice for this run';
