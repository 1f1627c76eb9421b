import { expect, test } from 'vitest';
import type { CellResult } from '../../../../src/core/domain/runEvent.ts';
import { buildResult, summarize } from '../../../../src/core/reporting/buildResult.ts';
import { evaluate, uses } from '../../../support/evaluating.ts';
import { resultOf, testReport } from '../../../support/reports.ts';

const cell: CellResult = {
  output: 'a b',
  failure: null,
  timing: { totalMs: 10, firstTextMs: null, loadMs: 3 },
  usage: { inputTokens: 1, outputTokens: null, cachedInputTokens: null, reasoningTokens: 4 },
  costUsd: null,
  attempts: 1,
  cached: false,
  finishReason: 'stop',
};

test('a missing score stays null, with its reason', async () => {
  const evaluated = await evaluate([uses('promptly/exact-match')], { output: 'a b' });
  expect(buildResult(cell, evaluated)).toMatchObject({
    score: null,
    passed: null,
    evaluations: [{ score: null, reason: expect.stringContaining('expected') as string }],
    costUsd: null,
  });
});

test('a score is passed on', async () => {
  const evaluated = await evaluate([], { output: 'a b', expected: 'a' });
  expect(buildResult(cell, evaluated)).toMatchObject({ score: 1, passed: true });
});

test('the summary counts results without a verdict as errors', () => {
  const results = testReport.prompts.flatMap((prompt) => prompt.cases.flatMap((item) => item.results));
  expect(summarize(results)).toEqual(testReport.summary);
  expect(summarize([resultOf({ passed: null })]).passRate).toBeNull();
});
