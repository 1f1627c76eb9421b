import { expect, test } from 'vitest';
import { checkEvaluator } from '../../../../src/core/evaluation/checkEvaluator.ts';
import { stringRules, uses } from '../../../support/evaluating.ts';

test.each([
  [stringRules({ matches: 'a(' }), 'broken-pattern', ['string', 'matches']],
  [stringRules({ matches: 'a', flags: 'q' }), 'broken-pattern', ['string', 'flags']],
  [stringRules({ equals: 'a', contains: 'b' }), 'several-string-rules', ['string']],
  [uses('github/nonsense'), 'unknown-evaluator', ['uses']],
  [uses('./script.py'), 'unknown-evaluator', ['uses']],
  [uses('promptly/latency'), 'bad-evaluator-setting', ['uses']],
  [uses('promptly/latency', { maxMs: 'fast' }), 'bad-evaluator-setting', ['with', 'maxMs']],
  [uses('promptly/numeric', { tolerance: -1 }), 'bad-evaluator-setting', ['with', 'tolerance']],
])('%j: %s', async (spec, code, path) => {
  expect(await checkEvaluator(spec)).toMatchObject([{ code, path }]);
});

test.each([
  stringRules({ matches: '^\\d+$', flags: 'im' }),
  stringRules({ matches: '({{name}}' }),
  stringRules({ equals: 'a', contains: 'b' }, { compat: 'gh-models' }),
  uses('promptly/cost', { maxUsd: 0.1 }),
  uses('./evaluators/mine.mjs', { timeoutSeconds: 5 }),
  uses('github/fluency'),
])('%j is fine', async (spec) => {
  expect(await checkEvaluator(spec)).toEqual([]);
});
