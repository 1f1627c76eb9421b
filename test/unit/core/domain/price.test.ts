import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Usage } from '../../../../src/core/domain/chat.ts';
import { costOf } from '../../../../src/core/domain/price.ts';
import { priceTable } from '../../../../src/core/domain/priceTable.ts';

const usage = (
  inputTokens: number | null,
  outputTokens: number | null,
  rest: Partial<Usage> = {},
): Usage => ({
  inputTokens,
  outputTokens,
  cachedInputTokens: null,
  ...rest,
});
const million = 1_000_000;
const today = '2026-11-23T10:00:00Z';

describe('costOf', () => {
  it('prices input and output by the million', () => {
    expect(costOf(usage(million, million), 'claude', 'claude-sonnet-5-5', today)).toBeCloseTo(12, 10);
    expect(costOf(usage(1000, 500), 'openai', 'gpt-5-mini', today)).toBeCloseTo(0.00125, 12);
  });

  it('prices what the cache gave and took apart from the rest', () => {
    const cached = usage(million, 0, { cachedInputTokens: 400_000, cacheWriteInputTokens: 100_000 });
    expect(costOf(cached, 'claude', 'claude-sonnet-5-5', today)).toBeCloseTo(
      0.5 * 2 + 0.4 * 0.1 + 0.1 * 2.5,
      10,
    );
  });

  it('takes the price of the day of the call', () => {
    const cached = usage(million, 0, { cachedInputTokens: million });
    expect(costOf(cached, 'claude', 'claude-sonnet-5-5', '2026-10-06')).toBeCloseTo(0.2, 10);
    expect(costOf(cached, 'claude', 'claude-sonnet-5-5', '2026-10-07T00:00:00Z')).toBeCloseTo(0.1, 10);
  });

  it('takes the price for the size of the prompt, for all its tokens', () => {
    expect(costOf(usage(100_000, million), 'claude', 'claude-haiku-5-5', today)).toBeCloseTo(0.01 + 0.5, 10);
    expect(costOf(usage(100_001, million), 'claude', 'claude-haiku-5-5', today)).toBeCloseTo(
      0.0500005 + 2.5,
      10,
    );
  });

  it.each([
    ['an unknown model', usage(1, 1), 'claude', 'claude-next'],
    ['a longer id with a known start', usage(1, 1), 'openai', 'gpt-5-pro'],
    ['an unknown count', usage(null, 1), 'claude', 'claude-sonnet-5-5'],
    ['an unknown cache price', usage(5, 1, { cacheWriteInputTokens: 5 }), 'claude', 'claude-opus-5-5'],
    ['the editor’s quota', usage(1, 1), 'copilot', 'gpt-5'],
    ['an executor', usage(1, 1), 'custom:mine', 'gpt-5'],
    ['Ollama’s hosted models', usage(1, 1), 'ollama', 'gpt-oss:120b-cloud'],
  ] as const)('is null for %s', (_what, tokens, backend, model) => {
    expect(costOf(tokens, backend, model, today)).toBeNull();
  });

  it('is 0 for a model on the own machine, known or not', () => {
    expect(costOf(usage(null, null), 'ollama', 'llama3.2:3b', today)).toBe(0);
    expect(costOf(usage(10, 10), 'builtin', 'gemma', today)).toBe(0);
  });

  it('knows dated ids', () => {
    const tokens = usage(million, 0);
    expect(costOf(tokens, 'claude', 'claude-haiku-4-5-20251001', today)).toBeCloseTo(1, 10);
    expect(costOf(tokens, 'openai', 'gpt-5-mini-2025-08-07', today)).toBeCloseTo(0.25, 10);
  });

  it('lets the user’s prices go first', () => {
    const overrides = {
      'claude/claude-sonnet-5-5': { input: 1, output: 1 },
      'llama3.2:3b': { input: 2, output: 2 },
    };
    expect(costOf(usage(million, 0), 'claude', 'claude-sonnet-5-5', today, overrides)).toBeCloseTo(1, 10);
    expect(costOf(usage(million, 0), 'ollama', 'llama3.2:3b', today, overrides)).toBeCloseTo(2, 10);
    expect(costOf(usage(million, 0), 'custom:x', 'toString', today, overrides)).toBeNull();
  });

  it('never gives a negative or broken number, and never less for more output', () => {
    const count = fc.option(fc.nat(2_000_000), { nil: null });
    fc.assert(
      fc.property(
        fc.constantFrom(...priceTable),
        count,
        fc.nat(1_000_000),
        count,
        ({ backend, model }, input, output, cached) => {
          const tokens = usage(input, output, { cachedInputTokens: cached });
          const cost = costOf(tokens, backend, model, today);
          if (cost === null) return;
          const more = costOf({ ...tokens, outputTokens: output + 1000 }, backend, model, today);
          expect(cost).toBeGreaterThanOrEqual(0);
          expect(more).toBeGreaterThan(cost);
        },
      ),
    );
  });
});

describe('priceTable', () => {
  it('has a source and sane numbers in every row, and no row twice', () => {
    const keys = priceTable.map(
      ({ backend, model, from, abovePromptTokens }) => `${backend} ${model} ${from} ${abovePromptTokens}`,
    );
    expect(new Set(keys).size).toBe(priceTable.length);
    for (const entry of priceTable) {
      expect(entry.source).not.toBe('');
      expect(entry.output, entry.model).toBeGreaterThan(entry.input);
      expect(entry.cacheRead ?? 0, entry.model).toBeLessThan(entry.input);
      expect(entry.cacheWrite ?? entry.input, entry.model).toBeGreaterThanOrEqual(entry.input);
    }
  });
});
