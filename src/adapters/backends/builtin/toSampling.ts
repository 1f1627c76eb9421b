import type { ModelRequest } from '../../../core/domain/chat.ts';
import type { NotApplied } from '../../../core/domain/runEvent.ts';
import type { Sampling } from './workerMessages.ts';

/** What `modelParameters.options` may hold, by the names that Ollama gave them, so that a file runs on both. */
const knownOptions = ['num_ctx', 'top_k', 'min_p', 'repeat_penalty'];

export function toSampling({ parameters }: ModelRequest): Sampling {
  const option = (name: string) => {
    const value = parameters.options?.[name];
    return typeof value === 'number' ? value : null;
  };
  const { thinking } = parameters;
  return {
    maxTokens: parameters.maxTokens ?? null,
    temperature: parameters.temperature ?? 0.7,
    topP: parameters.topP ?? null,
    topK: option('top_k'),
    minP: option('min_p'),
    repeatPenalty: option('repeat_penalty'),
    seed: parameters.seed ?? null,
    stop: (parameters.stop ?? []).filter((text) => text !== ''),
    thinking: thinking === undefined ? null : thinking !== false,
    contextTokens: option('num_ctx'),
  };
}

/** What of the request the embedded model does not take. */
export function builtinNotApplied({ parameters }: ModelRequest): NotApplied[] {
  const refused: NotApplied[] = [];
  if (parameters.effort !== undefined) {
    refused.push({ parameter: 'effort', reason: 'the embedded model has no levels of effort' });
  }
  if (typeof parameters.thinking === 'string') {
    refused.push({
      parameter: 'thinking',
      reason: `the embedded model thinks or does not; "${parameters.thinking}" is taken as true`,
    });
  }
  for (const [name, value] of Object.entries(parameters.options ?? {})) {
    if (knownOptions.includes(name) && typeof value === 'number') continue;
    const reason = knownOptions.includes(name)
      ? 'it has to be a number'
      : `the embedded model knows ${knownOptions.join(', ')}`;
    refused.push({ parameter: `options.${name}`, reason });
  }
  return refused;
}
