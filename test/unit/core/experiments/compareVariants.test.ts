import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareVariants } from '../../../../src/core/experiments/compareVariants.ts';
import type { ScoredCase } from '../../../../src/core/experiments/experimentSetup.ts';
import { measured } from '../../../../src/core/domain/score.ts';
import { casesFrom, gradedScores, setupOf } from '../../../support/scoredCases.ts';

const ones = (n: number) => new Array<number>(n).fill(1);
const zeros = (n: number) => new Array<number>(n).fill(0);

describe('compareVariants', () => {
  it('names the winner with difference, interval and record from b’s side', () => {
    const { comparisons, verdict, variants } = compareVariants(
      setupOf(['A', 'B']),
      casesFrom(zeros(12), ones(12)),
    );
    expect(verdict).toMatchObject({ outcome: 'winner', winner: 'b', leader: 'b', reason: null });
    expect(verdict.moreCases).toEqual({ forMinEffect: null, forCurrentEffect: null });
    expect(comparisons[0]).toMatchObject({
      a: 'a',
      b: 'b',
      difference: 1,
      wins: 12,
      losses: 0,
      n: 12,
      better: 'b',
      surelyBetter: 'b',
    });
    expect(comparisons[0]?.interval.low).toBeGreaterThan(0);
    expect(variants[1]).toMatchObject({ id: 'b', cases: 12, mean: 1, interval: { level: 0.95 } });
  });

  it('says that a bare win is fragile, and no gate takes it', () => {
    const { verdict, comparisons } = compareVariants(setupOf(['A', 'B']), casesFrom(zeros(6), ones(6)));
    expect(verdict).toMatchObject({ outcome: 'winner', survivesOneBadCase: false });
    expect(verdict.sentence).toContain('Fragile: one bad case would overturn this.');
    expect(comparisons[0]).toMatchObject({ better: 'b', surelyBetter: null });
  });

  it.each([0, 1, 2, 3, 4, 5])('never lets %i cases make a winner', (n) => {
    const { verdict } = compareVariants(setupOf(['A', 'B']), casesFrom(zeros(n), ones(n)));
    expect(verdict.winner).toBeNull();
    expect(verdict.outcome).toBe(n === 0 ? 'not_enough_data' : 'no_clear_winner');
  });

  it('gives an answer where every score of one variant is missing', () => {
    const { verdict, variants, comparisons } = compareVariants(
      setupOf(['A', 'B']),
      casesFrom(ones(8), new Array<null>(8).fill(null)),
    );
    expect(verdict).toMatchObject({ outcome: 'not_enough_data', leader: null, confidence: null });
    expect(variants.map(({ mean, interval, cases }) => ({ mean, interval, cases }))).toEqual([
      { mean: null, interval: null, cases: 8 },
      { mean: null, interval: null, cases: 0 },
    ]);
    expect(comparisons[0]).toMatchObject({
      difference: null,
      interval: { low: -1, high: 1 },
      pValue: 1,
      n: 0,
      lossRateUpper: 1,
    });
    expect(JSON.parse(JSON.stringify(verdict))).toEqual(verdict);
  });

  it('has an answer for a single variant', () => {
    const { verdict, comparisons } = compareVariants(setupOf(['A']), casesFrom(ones(30)));
    expect(comparisons).toEqual([]);
    expect(verdict).toMatchObject({ outcome: 'no_clear_winner', winner: null, leader: 'a' });
  });

  it('compares ten variants pair by pair', () => {
    const labels = Array.from({ length: 10 }, (_, v) => `V${v}`);
    const advantages = labels.map((_, v) => (v === 7 ? 0.2 : 0));
    const { verdict, comparisons } = compareVariants(
      setupOf(labels),
      casesFrom(...gradedScores(3, 60, advantages)),
    );
    expect(comparisons).toHaveLength(45);
    expect(verdict.winner).toBe('v7');
    for (const { pValue, adjustedPValue } of comparisons)
      expect(adjustedPValue).toBeGreaterThanOrEqual(pValue);
  });

  it('does not let the world’s failures decide', () => {
    const a = [...ones(7), null, null, null];
    const b = [...zeros(7), 1, 1, 1];
    const { verdict } = compareVariants(setupOf(['A', 'B']), casesFrom(a, b));
    expect(verdict).toMatchObject({ outcome: 'no_clear_winner', reason: 'missing_data', leader: 'a' });
    expect(verdict.sentence).toContain('3 of 10 cases');
  });

  it.each([1.2, -0.1, NaN])('refuses a score of %d', (score) => {
    expect(() => compareVariants(setupOf(['A', 'B']), casesFrom([score], [1]))).toThrow(RangeError);
  });

  it('counts the cases of one document once', () => {
    const scored = casesFrom(zeros(12), ones(12)).map((one): ScoredCase => ({
      ...one,
      group: 'same document',
    }));
    const { cases, verdict } = compareVariants(setupOf(['A', 'B']), scored);
    expect(cases).toEqual({ compared: 1, dropped: 0, planned: 1 });
    expect(verdict.reason).toBe('too_few_cases');
  });

  it('a group whose hard case got lost for one variant makes that one no better', () => {
    // Every document has an easy case and a hard one; B’s answers are the same as A’s, but its hard ones are lost.
    const scored = casesFrom(
      Array.from({ length: 24 }, (_, i) => (i % 2 === 0 ? 1 : 0)),
      Array.from({ length: 24 }, (_, i) => (i % 2 === 0 ? 1 : null)),
    ).map((one, i): ScoredCase => ({ ...one, group: `document ${Math.floor(i / 2)}` }));
    const { verdict, cases, comparisons } = compareVariants(setupOf(['A', 'B']), scored);
    expect(cases).toEqual({ compared: 12, dropped: 0, planned: 12 });
    expect(comparisons[0]).toMatchObject({ difference: 0, ties: 12 });
    expect(verdict).toMatchObject({ leader: null, winner: null });
  });

  it('a group is dropped where a variant has no case of it, or each variant another', () => {
    const a = [1, 1, 1, null, 0.5];
    const b = [null, null, null, 1, 0.5];
    const groups = ['lost', 'lost', 'apart', 'apart', 'whole'];
    const scored = casesFrom(a, b).map((one, i): ScoredCase => ({ ...one, group: groups[i] ?? '' }));
    expect(compareVariants(setupOf(['A', 'B']), scored).cases).toEqual({
      compared: 1,
      dropped: 2,
      planned: 3,
    });
  });

  it('counts a group once in the ratios too', () => {
    const cases = casesFrom(ones(24), ones(24)).map((one, i): ScoredCase => ({
      ...one,
      group: `document ${Math.floor(i / 8)}`,
      latencyMs: [[100 + i], [(100 + i) * (1.2 + 0.1 * Math.floor(i / 8))]],
    }));
    const latency = compareVariants(setupOf(['A', 'B']), cases).comparisons[0]?.ratios.latency;
    expect(latency?.ratio).toBeCloseTo(Math.cbrt(1.2 * 1.3 * 1.4), 9);
    // Three documents, all slower: 2 of 8 sign patterns.
    expect(latency?.pValue).toBe(0.25);
  });

  it('asks for the confidence that was wanted', () => {
    const scored = casesFrom(zeros(6), ones(6));
    const outcomeAt = (confidenceLevel: number) =>
      compareVariants(setupOf(['A', 'B'], { confidenceLevel }), scored).verdict.outcome;
    expect([0.9, 0.96, 0.97, 0.99].map(outcomeAt)).toEqual([
      'winner',
      'winner',
      'no_clear_winner',
      'no_clear_winner',
    ]);
  });

  it('judges latency by ratios and lets the faster win', () => {
    const slow = Array.from({ length: 12 }, (_, i) => 1000 + 37 * i);
    const fast = slow.map((ms) => 0.8 * ms);
    const cases = slow.map((ms, i): ScoredCase => ({
      id: `case-${i}`,
      scores: [[measured(ms)], [measured(fast[i] ?? NaN)]],
    }));
    const metric = { name: 'latency', direction: 'lower', scale: 'log' } as const;
    const { verdict, comparisons, variants } = compareVariants(setupOf(['Slow', 'Fast'], { metric }), cases);
    expect(verdict.winner).toBe('fast');
    expect(comparisons[0]).toMatchObject({ wins: 12, losses: 0 });
    expect(comparisons[0]?.difference).toBeCloseTo(-0.2, 12);
    expect(variants[1]?.mean).toBeCloseTo(0.8 * (variants[0]?.mean ?? NaN), 9);
    expect(verdict.sentence).toContain('−20% latency');
  });

  it('one bad case is as bad in a large plan that lost most of its times as in a small one', () => {
    const lost = new Array<null>(395).fill(null);
    const metric = { name: 'latency', direction: 'lower', scale: 'log' } as const;
    for (const none of [[], lost]) {
      const cases = casesFrom([...new Array<number>(6).fill(2), ...none], [...ones(6), ...none]);
      const { verdict } = compareVariants(setupOf(['Slow', 'Fast'], { metric }), cases);
      expect(verdict).toMatchObject({ outcome: 'winner', winner: 'fast', survivesOneBadCase: false });
    }
  });

  it('adds ratios of latency, tokens and cost from b’s side', () => {
    const cases = casesFrom(ones(8), ones(8)).map((one, i): ScoredCase => ({
      ...one,
      latencyMs: [[100 + i, null], [200 + 2 * i]],
      costUsd: [[null], [0.01]],
    }));
    const [pair] = compareVariants(setupOf(['A', 'B']), cases).comparisons;
    expect(pair?.ratios.latency?.ratio).toBeCloseTo(2, 12);
    expect(pair?.ratios).toMatchObject({ tokens: null, cost: null });
  });

  it('tells when more repetitions are the better remedy', () => {
    const flaky = (i: number) => [measured(i % 2), measured((i + 1) % 2)];
    const cases = Array.from({ length: 10 }, (_, i): ScoredCase => ({
      id: `${i}`,
      scores: [flaky(i), i < 4 ? [measured(1), measured(1)] : flaky(i)],
    }));
    expect(compareVariants(setupOf(['A', 'B']), cases).repetitionsWouldHelp).toBe(true);
    expect(compareVariants(setupOf(['A', 'B']), casesFrom([1, 0], [0, 1])).repetitionsWouldHelp).toBeNull();
  });
});

describe('compareVariants, for all scores', () => {
  const score = fc.integer({ min: 0, max: 20 }).map((x) => x / 20);
  const table = (variants: number) =>
    fc.integer({ min: 1, max: 24 }).chain((n) =>
      fc.array(fc.array(fc.option(score, { freq: 12 }), { minLength: n, maxLength: n }), {
        minLength: variants,
        maxLength: variants,
      }),
    );

  it('renaming the variants renames the answer', () => {
    fc.assert(
      fc.property(table(3), ([a = [], b = [], c = []]) => {
        const forward = compareVariants(setupOf(['A', 'B', 'C']), casesFrom(a, b, c));
        const turned = compareVariants(setupOf(['C', 'A', 'B']), casesFrom(c, a, b));
        expect(turned.verdict.outcome).toBe(forward.verdict.outcome);
        expect(turned.verdict.leader).toBe(forward.verdict.leader);
        expect(turned.verdict.winner).toBe(forward.verdict.winner);
        expect(turned.verdict.confidence ?? -1).toBeCloseTo(forward.verdict.confidence ?? -1, 12);
        expect(turned.verdict.chanceBest ?? -1).toBeCloseTo(forward.verdict.chanceBest ?? -1, 12);
        const pairOf = (names: string, { comparisons }: typeof forward) =>
          comparisons.find((pair) => [pair.a, pair.b].sort().join('') === names);
        for (const names of ['ab', 'ac', 'bc']) {
          expect(pairOf(names, turned)?.pValue).toBe(pairOf(names, forward)?.pValue);
        }
      }),
    );
  });

  it('the order of the cases is irrelevant when looked at once', () => {
    fc.assert(
      fc.property(table(2), (scores) => {
        const cases = casesFrom(...scores);
        const { verdict } = compareVariants(setupOf(['A', 'B']), cases);
        const reversed = compareVariants(setupOf(['A', 'B']), cases.toReversed()).verdict;
        expect(reversed).toMatchObject({
          outcome: verdict.outcome,
          leader: verdict.leader,
          confidence: verdict.confidence,
          reason: verdict.reason,
        });
      }),
    );
  });

  it('identical variants are equivalent or have no clear winner', () => {
    fc.assert(
      fc.property(fc.array(score, { minLength: 1, maxLength: 80 }), fc.boolean(), (scores, live) => {
        const design = live
          ? ({ mode: 'live', horizons: [scores.length] } as const)
          : ({ mode: 'fixed' } as const);
        const { verdict } = compareVariants(setupOf(['A', 'B'], { design }), casesFrom(scores, scores));
        expect(['equivalent', 'no_clear_winner']).toContain(verdict.outcome);
        expect(verdict.leader).toBeNull();
      }),
      { numRuns: 40 },
    );
  });

  it('gives the same bytes for the same input', () => {
    fc.assert(
      fc.property(table(3), (scores) => {
        const run = () => JSON.stringify(compareVariants(setupOf(['A', 'B', 'C']), casesFrom(...scores)));
        expect(run()).toBe(run());
      }),
    );
  });

  it('holds what it promises about every number', () => {
    fc.assert(
      fc.property(table(3), (scores) => {
        const { verdict, comparisons } = compareVariants(setupOf(['A', 'B', 'C']), casesFrom(...scores));
        if (verdict.winner !== null) expect(verdict.confidence).toBeGreaterThanOrEqual(0.95);
        for (const pair of comparisons) {
          expect(pair.wins + pair.losses + pair.ties).toBe(pair.n);
          expect(pair.interval.low).toBeLessThanOrEqual(pair.interval.high);
          if (pair.better === null && pair.n > 0) {
            expect(pair.interval.low).toBeLessThanOrEqual(0);
            expect(pair.interval.high).toBeGreaterThanOrEqual(0);
          }
          if (pair.surelyBetter !== null) expect(pair.surelyBetter).toBe(pair.better);
        }
      }),
    );
  });
});
