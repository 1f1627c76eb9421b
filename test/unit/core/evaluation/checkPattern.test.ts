import { expect, test } from 'vitest';
import { checkPattern } from '../../../../src/core/evaluation/checkPattern.ts';
import { stringRules, uses } from '../../../support/evaluating.ts';

test.each([
  [stringRules({ matches: 'a(' }), 'matches'],
  [stringRules({ matches: '(?<=a)b' }), 'matches'],
  [stringRules({ matches: 'a', flags: 'q' }), 'flags'],
])('%j: the problem is on its key', async (spec, key) => {
  expect(await checkPattern(spec)).toMatchObject({ code: 'invalid-pattern', path: ['string', key] });
});

test.each([
  stringRules({ matches: '^\\d+$', flags: 'im' }),
  stringRules({ matches: '({{name}}' }),
  stringRules({ equals: '(' }),
  uses('github/fluency'),
])('%j is fine', async (spec) => {
  expect(await checkPattern(spec)).toBeNull();
});
