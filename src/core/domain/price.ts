import type { BackendId } from './backendId.ts';
import type { Usage } from './chat.ts';
import { priceTable } from './priceTable.ts';

/** US dollars for a million tokens; undefined: not known. */
export interface Price {
  /** Input that was neither read from nor written to a cache. */
  readonly input: number;
  readonly output: number;
  readonly cacheRead?: number;
  readonly cacheWrite?: number;
}

export interface PriceEntry extends Price {
  readonly backend: BackendId;
  /** A model's id without its date; dated ids (`…-20250929`, `…-2025-08-07`) have the same price. */
  readonly model: string;
  /** ISO date from which it holds; without one it held from the model's start. */
  readonly from?: string;
  /** Holds for prompts of more tokens than this, cached ones included, for all tokens of the call. */
  readonly abovePromptTokens?: number;
  /** Where the numbers were read. */
  readonly source: string;
}

/** `promptly.pricing`: `<backend>/<model>` or a model's id → price. It goes before the table. */
export type PriceOverrides = Readonly<Record<string, Price>>;

/** Calls that nobody bills: the model runs on the user's own machine, or there is none. */
const ownMachine: ReadonlySet<BackendId> = new Set<BackendId>(['ollama', 'builtin', 'scripted']);
/** Ollama passes these on to its hosted service. */
const hostedByOllama = /[:-]cloud$/;
const dateSuffix = /-(\d{8}|\d{4}-\d{2}-\d{2})$/;
const perMillion = 1e-6;

/**
 * What a call cost in US dollars; null where a price or a count is unknown, never 0 for unknown. A model on the user's
 * own machine costs 0: that is known, and lets totals of mixed runs and their budgets be known too.
 * `date`: ISO, when the call was made.
 */
export function costOf(
  usage: Usage,
  backend: BackendId,
  model: string,
  date: string,
  overrides: PriceOverrides = {},
): number | null {
  const price = priceOf(usage, backend, model, date, overrides);
  if (price === 'free') return 0;
  const { inputTokens, outputTokens } = usage;
  if (price === null || inputTokens === null || outputTokens === null) return null;
  const read = usage.cachedInputTokens ?? 0;
  const written = usage.cacheWriteInputTokens ?? 0;
  if ((read > 0 && price.cacheRead === undefined) || (written > 0 && price.cacheWrite === undefined))
    return null;
  const dollars =
    Math.max(0, inputTokens - read - written) * price.input +
    read * (price.cacheRead ?? 0) +
    written * (price.cacheWrite ?? 0) +
    outputTokens * price.output;
  return dollars * perMillion;
}

function priceOf(
  usage: Usage,
  backend: BackendId,
  model: string,
  date: string,
  overrides: PriceOverrides,
): Price | 'free' | null {
  const undated = model.replace(dateSuffix, '');
  const names = [`${backend}/${model}`, model, `${backend}/${undated}`, undated];
  const own = names.find((name) => Object.hasOwn(overrides, name));
  if (own !== undefined) return overrides[own] ?? null;
  if (ownMachine.has(backend)) return backend === 'ollama' && hostedByOllama.test(model) ? null : 'free';
  const entries = priceTable.filter((entry) => entry.backend === backend && entry.model === undated);
  // Which of the prices by prompt size holds cannot be told without the size.
  if (usage.inputTokens === null) return null;
  const prompt = usage.inputTokens;
  const holding = entries.filter(
    (entry) => (entry.from ?? '') <= date.slice(0, 10) && (entry.abovePromptTokens ?? -1) < prompt,
  );
  return holding.toSorted(laterOrLarger).at(-1) ?? null;
}

/** The larger step of prompt size decides, then the later date. */
function laterOrLarger(a: PriceEntry, b: PriceEntry): number {
  return (
    (a.abovePromptTokens ?? 0) - (b.abovePromptTokens ?? 0) || (a.from ?? '').localeCompare(b.from ?? '')
  );
}
