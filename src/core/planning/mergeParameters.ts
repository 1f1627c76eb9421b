import type { ModelParameters } from '../domain/chat.ts';

/** Later layers win; `options` are merged key by key. */
export function mergeParameters(...layers: readonly ModelParameters[]): ModelParameters {
  let merged: ModelParameters = {};
  for (const layer of layers) {
    const options = { ...merged.options, ...layer.options };
    merged = { ...merged, ...layer, ...(Object.keys(options).length > 0 && { options }) };
  }
  return merged;
}
