import { describe, expect, test } from 'vitest';
import { runOp } from '../../../support/statisticsOps.ts';

/** What the vectors leave open: nothing at all, one case, all ties, levels at their ends. */
type Found = Record<string, unknown>;
const run = (op: string, input: object): Found => runOp(op, input) as Found;

describe('no case at all', () => {
  test.each(['fixed', 'live'])('%s: not enough data, and no number that is none', (mode) => {
    for (const scores of [
      [[], []],
      [
        [[null], [null]],
        [[1], [null]],
      ],
    ]) {
      const found = run('analyze', { scores, mode, planned: 10 });
      expect(found).toMatchObject({ n: 0, leader: null, winner: null, confidence: 0, chanceBest: null });
      expect(found['verdict']).toBe('not_enough_data');
      expect(found['pairs']).toMatchObject([{ diff: null, p: 1, lo: -1, hi: 1, wins: 0, ties: 0 }]);
      expect(JSON.stringify(found)).not.toMatch(/NaN/);
    }
  });

  test('the parts say the least they can', () => {
    expect(run('signflip_p', { d: [] })).toEqual({ lattice: [], p: 1, guardP1: 1, guardP2: 1 });
    expect(run('diff_interval', { d: [] })).toEqual({ lo: -1, hi: 1 });
    expect(run('posterior', { d: [] })).toEqual({ prob: 0.5, effect: 0 });
    expect(run('holm', { p: [] })).toEqual({ adjusted: [] });
    expect(run('regress_bound', { losses: 0, n: 0 })).toEqual({ upper: 1 });
    expect(run('metric_ratio', { a: [], b: [] })).toEqual({ n: 0, ratio: null, lo: null, hi: null, p: 1 });
    expect(run('shuffle', { seed: 0, n: 0 })['order']).toEqual([]);
    expect(runOp('rep_split', { scores: [[], []] })).toBeNull();
  });
});

describe('one case, and cases that are all the same', () => {
  test('one case is no variance and no winner', () => {
    expect(run('variant_interval', { x: [0.5] })['mean']).toBe(0.5);
    expect(run('metric_ratio', { a: [[1]], b: [[2]] })).toEqual({ n: 1, ratio: 2, lo: null, hi: null, p: 1 });
    expect(run('regress_bound', { losses: 0, n: 1 })['upper']).toBeCloseTo(0.95, 12);
    expect(run('spend', { horizons: [1], t: [0, 1, 2] })).toEqual({ g: [0, 0.8, 0.8] });
  });

  test('identical variants never win, whatever the score', () => {
    for (const score of [0, 0.25, 1]) {
      const one = Array.from({ length: 30 }, () => [score]);
      for (const mode of ['fixed', 'live']) {
        const found = run('analyze', { scores: [one, one], mode, planned: 30 });
        expect(found).toMatchObject({ leader: null, winner: null, verdict: 'no_clear_winner' });
      }
    }
  });

  test('one repetition each says nothing about repetitions', () => {
    expect(
      runOp('rep_split', {
        scores: [
          [[1], [0]],
          [[1], [1]],
        ],
      }),
    ).toBeNull();
  });
});

describe('levels at their ends', () => {
  test('the surer the interval, the wider, up to everything', () => {
    const width = (alpha: number): number => {
      const { lo, hi } = run('diff_interval', { d: [0.1, 0.2, 0.15, 0.05], alpha }) as {
        lo: number;
        hi: number;
      };
      return hi - lo;
    };
    const alphas = [1, 0.5, 0.05, 0.001, 1e-6, 1e-12];
    const widths = alphas.map(width);
    expect(widths).toEqual(widths.toSorted((x, y) => x - y));
    expect(widths[0]).toBeCloseTo(0, 12);
    expect(widths.at(-1)).toBe(2);
  });
});

test('a case that only a third prompt lacks still counts where missing data is filled in', () => {
  // a beats b and c on every case that all have; on the rest, where c is missing, b is far ahead of a.
  const wins = Array.from({ length: 8 }, () => [1]);
  const lost = Array.from({ length: 6 }, () => [0]);
  const scores = [
    [...wins, ...lost],
    [...wins.map(() => [0]), ...lost.map(() => [1])],
    [...wins.map(() => [0]), ...lost.map(() => [null])],
  ];
  expect(run('analyze', { scores, mode: 'fixed' })).toMatchObject({
    n: 8,
    dropped: 6,
    leader: 0,
    winner: null,
    verdict: 'no_clear_winner',
    reason: 'missing_data',
  });
});

describe('what is no score', () => {
  test.each([NaN, -0.1, 1.1, Infinity])('%d is refused, wherever it comes in', (wrong) => {
    for (const mode of ['fixed', 'live']) {
      const scores = [
        [[wrong], [1]],
        [[1], [1]],
      ];
      expect(() => runOp('analyze', { scores, mode, planned: 2 })).toThrow(/0\.\.1/);
    }
    expect(() => runOp('variant_interval', { x: [1, wrong] })).toThrow(/0\.\.1/);
  });

  test('no score, no interval', () => {
    expect(() => runOp('variant_interval', { x: [] })).toThrow(/at least one/);
  });

  test.each([NaN, Infinity, -Infinity])('a difference of %d has no place on the lattice', (wrong) => {
    expect(() => runOp('signflip_p', { d: [0.5, wrong] })).toThrow(/finite/);
  });

  test('a time that is no number is left out of the ratio, as one of 0 is', () => {
    const b = [[2], [2], [2], [2]];
    expect(run('metric_ratio', { a: [[1], [Infinity], [NaN], [0]], b })).toEqual(
      run('metric_ratio', { a: [[1]], b: [[2]] }),
    );
  });
});
