import { describe, expect, test } from 'vitest';
import { lastNumberOf } from '../../../../src/core/evaluation/numeric.ts';
import { scoreOf, uses } from '../../../support/evaluating.ts';

test.each([
  ['The answer is 42.', 42],
  ['First 1, then 2', 2],
  ['1,234,567.89 in all', 1234567.89],
  ['-5', -5],
  ['\u22125 degrees', -5],
  ['3-5', 5],
  ['between 10 and -20', -20],
  ['1.5e-3', 0.0015],
  ['6.02E23', 6.02e23],
  ['.5', 0.5],
  ['$1,000', 1000],
  ['-$7.50', -7.5],
  ['42%', 42],
  ['1,23', 23],
  ['1,2345', 2345],
  ['**12**', 12],
  ['\\boxed{7}', 7],
  ['x=-3', -3],
  ["1'234'567", 1234567],
  ['1\u2019234.5', 1234.5],
  ['1\u00a0234\u202f567', 1234567],
  ['none', undefined],
  ['', undefined],
])('the last number of %j', (text, number) => {
  expect(lastNumberOf(text)).toBe(number);
});

describe('against the expected number', () => {
  test.each([
    [{}, 'so 42', '42', 1],
    [{}, 'so 42.0', '42', 1],
    [{}, 'so 43', '42', 0],
    [{}, 'no number', '42', 0],
    [{ tolerance: 0.1 }, '1.1', '1', 1],
    [{ tolerance: 0.1 }, '1.11', '1', 0],
    [{ tolerance: 0.1 }, '0.9', '1', 1],
    [{ relative: 0.05 }, '105', '100', 1],
    [{ relative: 0.05 }, '-105', '-100', 1],
    [{ relative: 0.05 }, '106', '100', 0],
    [{ tolerance: 10, relative: 0.01 }, '109', '100', 1],
    [{}, '1,000', '1000', 1],
    [{ tolerance: 0.05, relative: true }, '105', '100', 1],
    [{ tolerance: 0.05, relative: true }, '106', '100', 0],
  ])('%j: %j against %j', async (settings, output, expected, score) => {
    expect(await scoreOf(uses('promptly/numeric', settings), output, expected)).toBe(score);
  });

  test.each([
    '0,5',
    '1 000',
    '12 345 678',
    '3/4',
    '12:30',
    '2024-01-05',
    '1.2.3',
    '10^6',
    '3\u20135',
    '[1,5]',
  ])(
    'of %j only the last part would count, and anything that ends alike would pass: there is no score',
    async (expected) => {
      expect(await scoreOf('promptly/numeric', `Not ${expected}, but 9${expected}`, expected)).toContain(
        'Write one number',
      );
    },
  );

  test.each(['Take 1, 2, 5', 'In 2024 500', 'Answer 3: 42', '(1) 7', 'x=-5', '1,234.5', "$1'000", 'a-5'])(
    '%j ends in a number of its own',
    async (expected) => {
      expect(await scoreOf('promptly/numeric', expected, expected)).toBe(1);
    },
  );

  test('without a number in `expected`, or with a bad tolerance, there is no score', async () => {
    expect(await scoreOf('promptly/numeric', '4', 'four')).toContain('no number');
    expect(await scoreOf(uses('promptly/numeric', { tolerance: -1 }), '4', '4')).toContain('tolerance');
  });
});
