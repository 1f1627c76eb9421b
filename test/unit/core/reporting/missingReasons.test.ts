import { expect, it } from 'vitest';
import type { ReportedResult } from '../../../../src/core/domain/report.ts';
import { missingReasons } from '../../../../src/core/reporting/missingReasons.ts';
import { resultOf } from '../../../support/reports.ts';

function reasonsOf(metric: string, ...parts: Partial<ReportedResult>[]): string[] {
  const cases = [{ id: '1', vars: {}, expected: null, results: { a: parts.map(resultOf) } }];
  return missingReasons({ cases, metric: { name: metric, direction: 'lower' } });
}
const uncounted = { inputTokens: null, outputTokens: null, cachedInputTokens: null };

it.each([
  ['latency', { cached: true }, '2× no latency: the answer came from the cache'],
  ['latency', { timing: { totalMs: 0, firstTextMs: null } }, '2× no latency: the answer took less'],
  ['cost', { cached: true, costUsd: 0 }, '2× no cost: the answer came from the cache'],
  ['cost', { costUsd: null }, '2× no cost: the price of the model is not known'],
  ['cost', { costUsd: 0 }, '2× no cost: the call was free'],
  ['tokens', { usage: uncounted }, '2× no tokens: the backend did not count them'],
] as const)('says why there is no %s of %j', (metric, part, reason) => {
  const reasons = reasonsOf(metric, part, part, {});
  expect(reasons).toHaveLength(1);
  expect(reasons[0]).toContain(reason);
  // What another metric is about does not matter.
  expect(reasonsOf('quality', part)).toEqual([]);
});
