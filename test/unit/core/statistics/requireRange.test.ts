import { describe, expect, test } from 'vitest';
import { latticeFor } from '../../../../src/core/statistics/lattice.ts';
import { requireRange, requireWhole } from '../../../../src/core/statistics/requireRange.ts';
import { runOp } from '../../../support/statisticsOps.ts';

/** What no caller may pass: each would come out as NaN, Infinity or a number that means nothing. */
const wrong: readonly (readonly [string, object])[] = [
  ['signflip_p', { d: [NaN] }],
  ['signflip_p', { d: [0.5, Infinity] }],
  ['diff_interval', { d: [0.1, NaN] }],
  ['diff_interval', { d: [-Infinity] }],
  ['diff_interval', { d: [0.1], alpha: NaN }],
  ['diff_interval', { d: [0.1], alpha: 2 }],
  ['diff_interval', { d: [0.1], alpha: -0.05 }],
  ['diff_interval', { d: [0.1], s: NaN }],
  ['diff_interval', { d: [0.1], s: -1 }],
  ['posterior', { d: [NaN] }],
  ['posterior', { d: [Infinity, 0] }],
  ['variant_interval', { x: [] }],
  ['variant_interval', { x: [0.5], alpha: 0 }],
  ['variant_interval', { x: [0.5], alpha: NaN }],
  ['variant_interval', { x: [1.01] }],
  ['plan_n', { sd: NaN, delta: 0.1 }],
  ['plan_n', { sd: -0.3, delta: 0.1 }],
  ['plan_n', { sd: 0.3, delta: 0 }],
  ['plan_n', { sd: 0.3, delta: -0.1 }],
  ['plan_n', { sd: 0.3, delta: 0.1, k: 1 }],
  ['plan_n', { sd: 0.3, delta: 0.1, k: 2.5 }],
  ['plan_n', { sd: 0.3, delta: 0.1, stage: NaN }],
  ['spend', { horizons: [20, 20], t: [20] }],
  ['spend', { horizons: [30, 20], t: [20] }],
  ['spend', { horizons: [0], t: [0] }],
  ['spend', { horizons: [NaN], t: [1] }],
  ['spend', { horizons: [20], t: [-1] }],
  ['holm', { p: [0.5, NaN] }],
  ['holm', { p: [1.5] }],
  ['regress_bound', { losses: -1, n: 5 }],
  ['regress_bound', { losses: 6, n: 5 }],
  ['regress_bound', { losses: 1.5, n: 5 }],
  ['regress_bound', { losses: 0, n: Infinity }],
  [
    'rep_split',
    {
      scores: [
        [
          [NaN, 1],
          [0, 1],
        ],
        [
          [1, 1],
          [0, 0],
        ],
      ],
    },
  ],
  ['shuffle', { seed: 1, n: -1 }],
  ['shuffle', { seed: 1, n: 2.5 }],
  ['analyze', { scores: [[[2]], [[1]]] }],
  ['analyze', { scores: [[[1]], [[0]]], planned: NaN }],
  ['analyze', { scores: [[[1]], [[0]]], mode: 'live', horizons: [5, 5] }],
];

describe('what lies out of range is said, not computed with', () => {
  test.each(wrong)('%s of %o', (op, input) => {
    expect(() => runOp(op, input)).toThrow(RangeError);
  });

  test('in words that name it', () => {
    expect(() => runOp('regress_bound', { losses: 6, n: 5 })).toThrow(
      'the number of losses must be a whole number and lie in 0..5, got 6',
    );
    expect(() => latticeFor(NaN)).toThrow(
      'the number of planned cases must be a whole number and be 0 or more',
    );
    expect(() => runOp('plan_n', { sd: 0.3, delta: 0 })).toThrow(
      'the difference to be found must be above 0, got 0',
    );
    expect(() => runOp('variant_interval', { x: [0.5], alpha: 0 })).toThrow(
      'alpha must be above 0 and at most 1, got 0',
    );
    expect(() => {
      requireRange('a difference', NaN);
    }).toThrow('a difference must be a finite number, got NaN');
    expect(() => {
      requireRange('alpha', Infinity, 0);
    }).toThrow('alpha must be 0 or more, got Infinity');
  });

  test('the ends of a range belong to it', () => {
    requireRange('alpha', 0, 0, 1);
    requireRange('alpha', 1, 0, 1);
    requireWhole('cases', 0, 0);
  });
});
