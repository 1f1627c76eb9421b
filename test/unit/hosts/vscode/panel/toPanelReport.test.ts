import { expect, test } from 'vitest';
import { findCase, toCaseDetail } from '../../../../../src/hosts/vscode/panel/toCaseDetail.ts';
import { toPanelReport } from '../../../../../src/hosts/vscode/panel/toPanelReport.ts';
import { outputLimit } from '../../../../../src/protocol/panelReport.ts';
import { abReport, resultOf, testReport } from '../../../../support/reports.ts';

test('numbers of every case go to the panel, outputs do not', () => {
  const panel = toPanelReport(abReport, 'x');
  expect(panel.rows.map(({ id }) => id)).toEqual(abReport.cases.map(({ id }) => id));
  expect(panel.columns.map(({ detail }) => detail)).toEqual([
    'summarise at HEAD~1 · ollama · llama3.2:3b',
    './careful.prompt.yaml · claude · claude-sonnet-5-5',
  ]);
  expect(JSON.stringify(panel)).not.toContain('A short summary.');
});

test('repetitions make one cell; what is missing is counted, never a zero', () => {
  const failure = { code: 'timed-out', message: '', hint: '', retryable: true } as const;
  const results = {
    a: [
      resultOf({ score: 1 }),
      resultOf({ score: 0.5, passed: false }),
      resultOf({ score: null, passed: null, failure }),
    ],
    b: [],
  };
  const panel = toPanelReport({ ...abReport, cases: [{ id: 'c', vars: {}, expected: null, results }] }, 'x');
  expect(panel.rows[0]!.cells).toEqual([
    { score: 0.75, passed: false, missing: 1, failures: 1, latencyMs: 1234 },
    { score: null, passed: null, missing: 0, failures: 0, latencyMs: null },
  ]);
  expect(panel.latenciesMs).toEqual([[1234, 1234], []]);
  expect(panel).toMatchObject({ failures: [{ code: 'timed-out', count: 1 }], failureCount: 1 });
});

test('a test run has one column and its own cases; every row can be opened', () => {
  const [prompt] = testReport.prompts;
  const two = { ...testReport, prompts: [prompt!, { ...prompt!, name: 'other' }] };
  for (const report of [testReport, two]) {
    const panel = toPanelReport(report, 'All tests');
    expect(panel.columns).toHaveLength(1);
    expect(new Set(panel.rows.map(({ id }) => id)).size).toBe(panel.rows.length);
    for (const { id } of panel.rows) expect(toCaseDetail(report, id)?.results).toHaveLength(1);
  }
  expect(toPanelReport(testReport, 'All tests').title).toBe('summarise');
  expect(toPanelReport(two, 'All tests').title).toBe('All tests');
});

test('a long output is cut for the panel and whole in the report', () => {
  const output = 'x'.repeat(outputLimit + 5);
  const [first] = abReport.cases;
  const report = { ...abReport, cases: [{ ...first!, results: { a: [resultOf({ output })] } }] };
  const [result] = toCaseDetail(report, first!.id)!.results[0]!;
  expect([result!.output.length, result!.outputLength]).toEqual([outputLimit, outputLimit + 5]);
  expect(findCase(report, first!.id)?.columns.get('a')?.[0]?.output).toBe(output);
  expect(toCaseDetail(report, 'no such case')).toBeNull();
});

test('a run that another process is at says so, and is not to be resumed', () => {
  const stopped = { ...abReport, state: 'cancelled' as const };
  expect(toPanelReport(stopped, 'x')).toMatchObject({ resumable: true });
  expect(toPanelReport(stopped, 'x', true)).toMatchObject({
    resumable: false,
    stateWords: expect.stringMatching(/^Still running/) as string,
  });
});
