import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PanelCell, PanelReport } from '../../../../src/protocol/panelReport.ts';
import { initialReading, rowFilters, type Reading } from '../../../../webview-ui/state/panelState.ts';
import { countRows, selectRows } from '../../../../webview-ui/state/selectRows.ts';

const cell = (score: number | null, part: Partial<PanelCell> = {}): PanelCell => ({
  score,
  passed: score === null ? null : score >= 0.5,
  missing: score === null ? 1 : 0,
  failures: 0,
  latencyMs: null,
  ...part,
});

function reportOf(rows: Readonly<Record<string, readonly PanelCell[]>>): PanelReport {
  return {
    title: '',
    startedAt: null,
    finishedAt: null,
    stateWords: null,
    resumable: false,
    columns: [],
    experiment: null,
    summary: null,
    latenciesMs: [],
    failures: [],
    failureCount: 0,
    rows: Object.entries(rows).map(([id, cells]) => ({ id, label: `text: ${id} Émile`, cells })),
  };
}

const report = reportOf({
  better: [cell(0.5), cell(0.9)],
  worse: [cell(0.9), cell(0.6)],
  same: [cell(0.7), cell(0.7)],
  lost: [cell(0.8), cell(null, { failures: 1 })],
  low: [cell(0.2), cell(0.2)],
});
const ids = (reading: Partial<Reading>): readonly string[] =>
  selectRows(report, { ...initialReading, ...reading }).map(({ id }) => id);

test('filters', () => {
  expect(ids({ filter: 'regressions' })).toEqual(['worse']);
  expect(ids({ filter: 'disagreements' })).toEqual(['better', 'worse']);
  expect(ids({ filter: 'failed' })).toEqual(['lost', 'low']);
  expect(countRows(report)).toEqual({ all: 5, regressions: 1, disagreements: 2, failed: 2 });
});

test('a search finds ids and values, whatever the case of the letters', () => {
  expect(ids({ search: ' WORSE ' })).toEqual(['worse']);
  expect(ids({ search: 'émile' })).toHaveLength(5);
});

test('rows without a value stand last in either order', () => {
  const by = (ascending: boolean) => ids({ sorting: { key: 'change', ascending } });
  expect(by(true)).toEqual(['worse', 'same', 'low', 'better', 'lost']);
  expect(by(false)).toEqual(['better', 'same', 'low', 'worse', 'lost']);
  expect(ids({ sorting: { key: 'case', ascending: false } })[0]).toBe('low');
});

test('every order of a filter holds the same rows', () => {
  const score = fc.option(fc.double({ min: 0, max: 1, noNaN: true }));
  fc.assert(
    fc.property(fc.array(fc.tuple(score, score)), fc.constantFrom(...rowFilters), (scores, filter) => {
      const random = reportOf(Object.fromEntries(scores.map(([a, b], at) => [`c${at}`, [cell(a), cell(b)]])));
      const sorted = ([0, 1, 'change', 'case'] as const).map((key) =>
        selectRows(random, { ...initialReading, filter, sorting: { key, ascending: false } })
          .map(({ id }) => id)
          .toSorted(),
      );
      for (const other of sorted) expect(other).toEqual(sorted[0]);
    }),
  );
});
