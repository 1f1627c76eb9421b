import { describe, expect, test } from 'vitest';
import type { RunHistoryEntry } from '../../../../../../src/core/pipeline/experiments/runHistory.ts';
import {
  failingCases,
  isUnfinished,
  toRunFacts,
  verdictWords,
} from '../../../../../../src/hosts/vscode/panel/acts/toRunFacts.ts';
import { abReport, resultOf, testReport } from '../../../../../support/reports.ts';

const failure = { code: 'timed-out', message: '', hint: '', retryable: true } as const;
const report = {
  ...abReport,
  cases: [
    { id: 'fine', vars: {}, expected: null, results: { a: [resultOf()], b: [resultOf()] } },
    {
      id: 'bad',
      vars: { x: 1 },
      expected: 'y',
      results: { a: [resultOf({ passed: false })], b: [resultOf()] },
    },
    {
      id: 'broken',
      vars: {},
      expected: null,
      results: {
        a: [resultOf()],
        b: [resultOf({ failure, passed: null }), resultOf({ failure, passed: null })],
      },
    },
    { id: 'unscored', vars: {}, expected: null, results: { a: [resultOf({ passed: null })], b: [] } },
  ],
};
const entry = (part: Partial<RunHistoryEntry>): RunHistoryEntry => ({
  runId: 'r',
  startedAt: null,
  state: 'finished',
  isRunning: false,
  outcome: 'winner',
  leader: 'B',
  metric: abReport.metric.name,
  variants: [],
  ...part,
});

describe('toRunFacts', () => {
  test('counts cases that did not pass or could not run, and calls that failed', () => {
    const facts = toRunFacts({ runId: 'r', report, labels: [], history: [] });
    expect(facts).toMatchObject({ failingCases: 2, failedCalls: 2, labels: [], agreements: [] });
    expect(failingCases(report).map(({ id }) => id)).toEqual(['bad', 'broken']);
    expect(toRunFacts({ runId: 'r', report: testReport, labels: [], history: [] }).promotable).toEqual([]);
  });

  test('lines runs up by the labels of the one on show; another metric is another unit', () => {
    const labels = abReport.variants.map(({ label }) => label);
    const [one = '', two = ''] = labels;
    const history = [
      entry({
        runId: 'old',
        variants: [
          { label: two, mean: 0.4 },
          { label: 'gone', mean: 0.9 },
        ],
      }),
      entry({ runId: 'other', metric: 'latency', variants: [{ label: one, mean: 900 }] }),
      entry({ runId: 'r', state: null, variants: [] }),
    ];
    const { runs, columns } = toRunFacts({ runId: 'r', report: abReport, labels: [], history }).history;
    expect(columns).toEqual(labels);
    expect(runs.map(({ means }) => means.slice(0, 2))).toEqual([
      [null, 0.4],
      [null, null],
      [null, null],
    ]);
    expect(runs.map(({ shown, unfinished }) => [shown, unfinished])).toEqual([
      [false, false],
      [false, false],
      [true, true],
    ]);
  });
});

test('what a run found, in a few words', () => {
  expect(verdictWords(entry({}))).toBe('B wins');
  expect(verdictWords(entry({ outcome: 'no_clear_winner' }))).toBe('No clear winner, B leads');
  expect(verdictWords(entry({ outcome: 'no_clear_winner', leader: null }))).toBe('No clear winner');
  expect(verdictWords(entry({ state: 'cancelled' }))).toBe('Stopped before the end');
  expect(verdictWords(entry({ state: null }))).toBe('Not finished');
  expect(verdictWords(entry({ state: null, isRunning: true }))).toBe('Running');
  expect(isUnfinished({ state: null, isRunning: true })).toBe(false);
  expect(
    (['finished', 'stopped-early', 'budget', 'cancelled', 'failed', null] as const).map((state) =>
      isUnfinished({ state, isRunning: false }),
    ),
  ).toEqual([false, false, true, true, true, true]);
});
