import type { PriceEntry } from './price.ts';

// Last compared with their sources on 2026-11-23.
const anthropic = 'platform.claude.com/docs/en/about-claude/pricing, read 2026-10/11';
const notes = 'release notes of price tables that follow platform.claude.com, 2026-10';
const openAi = 'price tables that follow platform.openai.com/docs/pricing, 2025-11 to 2026-06';

const claude = (
  model: string,
  price: Omit<PriceEntry, 'backend' | 'model' | 'source'>,
  source = anthropic,
): PriceEntry => ({
  backend: 'claude',
  model,
  source,
  ...price,
});
const gpt = (model: string, input: number, cacheRead: number, output: number): PriceEntry => ({
  backend: 'openai',
  model,
  input,
  output,
  cacheRead,
  // Writing to OpenAI's cache is not billed apart.
  cacheWrite: input,
  source: openAi,
});

const opusOf45 = { input: 5, output: 25, cacheRead: 0.5, cacheWrite: 6.25 };
const fable = { input: 10, output: 50, cacheWrite: 12.5 };
const sonnet4 = { input: 3, output: 15, cacheRead: 0.3 };

/**
 * US dollars for a million tokens. `cacheWrite` is the write for five minutes, the only kind asked for unless a file
 * does so itself. A model that is not here has an unknown price; users add their own under `promptly.pricing`.
 */
export const priceTable: readonly PriceEntry[] = [
  claude('claude-fable-5-1', { ...fable, cacheRead: 0.25 }),
  claude('claude-fable-5', { ...fable, cacheRead: 1 }),
  claude('claude-opus-5-5', { input: 4, output: 20, cacheRead: 0.2 }, `${anthropic}; cache read: ${notes}`),
  claude('claude-opus-5', opusOf45),
  claude('claude-opus-4-8', opusOf45),
  claude('claude-opus-4-7', opusOf45),
  claude('claude-opus-4-6', opusOf45),
  claude('claude-opus-4-5', opusOf45),
  claude('claude-opus-4-1', { input: 15, output: 75, cacheRead: 1.5, cacheWrite: 18.75 }),
  claude('claude-sonnet-5-5', { input: 2, output: 10, cacheRead: 0.2, cacheWrite: 2.5 }, notes),
  claude(
    'claude-sonnet-5-5',
    { from: '2026-10-07', input: 2, output: 10, cacheRead: 0.1, cacheWrite: 2.5 },
    notes,
  ),
  claude('claude-sonnet-5', { input: 2, output: 10, cacheRead: 0.2 }, notes),
  claude('claude-sonnet-4-6', sonnet4, notes),
  claude('claude-sonnet-4-5', sonnet4, notes),
  claude('claude-haiku-5-5', { input: 0.1, output: 0.5, cacheRead: 0.01, cacheWrite: 0.125 }, notes),
  claude(
    'claude-haiku-5-5',
    { abovePromptTokens: 100_000, input: 0.5, output: 2.5, cacheRead: 0.05, cacheWrite: 0.625 },
    notes,
  ),
  claude('claude-haiku-4-5', { input: 1, output: 5, cacheRead: 0.1 }, `${anthropic}; cache read: ${notes}`),
  gpt('gpt-5', 1.25, 0.125, 10),
  gpt('gpt-5.1', 1.25, 0.125, 10),
  gpt('gpt-5-mini', 0.25, 0.025, 2),
  gpt('gpt-5-nano', 0.05, 0.005, 0.4),
  gpt('gpt-4o', 2.5, 1.25, 10),
  gpt('gpt-4o-mini', 0.15, 0.075, 0.6),
];
