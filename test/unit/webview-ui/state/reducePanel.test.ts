import { expect, test } from 'vitest';
import { toPanelReport } from '../../../../src/hosts/vscode/panel/toPanelReport.ts';
import { toCaseDetail } from '../../../../src/hosts/vscode/panel/toCaseDetail.ts';
import { readKeptState, toKeptState } from '../../../../webview-ui/state/keptState.ts';
import { initialState, type PanelState } from '../../../../webview-ui/state/panelState.ts';
import { reducePanel, type PanelAction } from '../../../../webview-ui/state/reducePanel.ts';
import { sampleComparison, sampleFacts } from '../../../support/panel/sampleFacts.ts';
import { sampleRun } from '../../../support/panel/sampleRun.ts';
import { abReport } from '../../../support/reports.ts';

const [first] = abReport.cases;
const shown: PanelAction = { type: 'report-shown', source: 'a', report: toPanelReport(abReport, 'x') };
const after = (...actions: readonly PanelAction[]): PanelState => actions.reduce(reducePanel, initialState);
const opened: PanelAction = { type: 'case-opened', caseId: first!.id };

test('the same column again turns the order, another one begins with the least', () => {
  const once = after(shown, { type: 'sort-chosen', key: 1 });
  expect(once.reading.sorting).toEqual({ key: 1, ascending: true });
  const twice = reducePanel(once, { type: 'sort-chosen', key: 1 });
  expect(twice.reading.sorting).toEqual({ key: 1, ascending: false });
  expect(reducePanel(twice, { type: 'sort-chosen', key: 0 }).reading.sorting).toEqual({
    key: 0,
    ascending: true,
  });
});

test('a detail that comes after another case was opened is dropped', () => {
  const detail = toCaseDetail(abReport, first!.id)!;
  const open = after(shown, opened);
  expect(reducePanel(open, { type: 'case-shown', detail }).detail).toBe(detail);
  const moved = reducePanel(open, { type: 'case-opened', caseId: 'another' });
  expect(reducePanel(moved, { type: 'case-shown', detail }).detail).toBeNull();
});

test('how one reads stays with its run, and starts anew with another', () => {
  const read = after(shown, opened, { type: 'filter-chosen', filter: 'failed' });
  expect(reducePanel(read, shown).reading).toEqual(read.reading);
  expect(reducePanel(read, { ...shown, source: 'b' }).reading).toEqual(initialState.reading);
});

test('a case that is gone from the run, or a column, is not kept open', () => {
  const read = after(shown, opened, { type: 'sort-chosen', key: 1 });
  const report = toPanelReport({ ...abReport, cases: [], variants: abReport.variants.slice(0, 1) }, 'x');
  const { reading } = reducePanel(read, { type: 'report-shown', source: 'a', report });
  expect(reading.openCase).toBeNull();
  expect(reading.sorting.key).toBe('case');
});

test('a filter, a search and an order begin at the top', () => {
  const scrolled = after(
    shown,
    { type: 'rows-scrolled', scrollTop: 900 },
    { type: 'row-activated', row: 31 },
  );
  for (const action of [
    { type: 'filter-chosen', filter: 'regressions' },
    { type: 'search-changed', search: 'x' },
    { type: 'sort-chosen', key: 'change' },
  ] as const) {
    expect(reducePanel(scrolled, action)).toMatchObject({ scrollTop: 0, activeRow: 0 });
  }
});

test('what is kept comes back, and nothing of another shape does', () => {
  const kept = toKeptState(after(shown, opened, { type: 'sort-chosen', key: 'change' }));
  expect(readKeptState(JSON.parse(JSON.stringify(kept)))).toEqual(kept);
  expect(toKeptState(initialState)).toBeNull();
  for (const other of [
    null,
    3,
    {},
    { source: 'a' },
    { ...kept, reading: { ...kept!.reading, filter: 'x' } },
  ]) {
    expect(readKeptState(other)).toBeNull();
  }
});

test('what belongs to a run comes and goes with it', () => {
  const facts = sampleFacts();
  const known = after(
    shown,
    { type: 'facts-shown', source: 'a', facts },
    { type: 'run-comparison-shown', comparison: sampleComparison },
    { type: 'column-chosen', columnId: 'x' },
  );
  expect(known).toMatchObject({ facts, comparison: sampleComparison, chosenColumn: 'x' });
  expect(reducePanel(known, { type: 'comparison-closed' }).comparison).toBeNull();
  // Facts that come late, after another run was opened, are of no use.
  expect(after(shown, { type: 'facts-shown', source: 'b', facts }).facts).toBeNull();
  const other = reducePanel(known, { ...shown, source: 'b' });
  expect(other).toMatchObject({ facts: null, comparison: null, chosenColumn: null });
  expect(reducePanel(known, shown)).toMatchObject({ facts: null, chosenColumn: 'x' });
});

test('a run that goes on is found again by its place on disk; one that is not written is not', () => {
  const running = (source: string): PanelState => after({ type: 'run-updated', source, run: sampleRun(3) });
  expect(toKeptState(running('file:///run/report.json'))?.source).toBe('file:///run/report.json');
  expect(toKeptState(running(''))).toBeNull();
});
