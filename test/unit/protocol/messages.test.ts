import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isHostMessage, type HostMessage } from '../../../src/protocol/hostMessage.ts';
import { isWebviewMessage, type WebviewMessage } from '../../../src/protocol/webviewMessage.ts';
import { toCaseDetail } from '../../../src/hosts/vscode/panel/toCaseDetail.ts';
import { toPanelReport } from '../../../src/hosts/vscode/panel/toPanelReport.ts';
import { abReport, testReport } from '../../support/reports.ts';
import { withoutOneField } from '../../support/panel/withoutOneField.ts';
import { sampleComparison, sampleFacts } from '../../support/panel/sampleFacts.ts';
import { sampleSetup } from '../../support/panel/sampleSetup.ts';
import { sampleRun } from '../../support/panel/sampleRun.ts';

const fromHost: readonly HostMessage[] = [
  { type: 'report-shown', source: 'file:///x', report: toPanelReport(abReport, 'x') },
  { type: 'report-shown', source: 'file:///x', report: toPanelReport(testReport, 'x') },
  { type: 'case-shown', detail: toCaseDetail(abReport, abReport.cases[0]!.id)! },
  { type: 'run-updated', source: 'file:///x', run: sampleRun() },
  { type: 'facts-shown', source: 'file:///x', facts: sampleFacts() },
  { type: 'run-comparison-shown', comparison: sampleComparison },
  {
    type: 'setup-shown',
    setup: {
      ...sampleSetup,
      // What a file holds may be anything: no field of it is needed.
      value: {},
      lock: {
        message: 'Line 3 of the file: a quote is never closed.',
        startable: false,
        place: { line: 2, column: 4 },
      },
      refused: 'This is written in a way that cannot be changed automatically.',
      problems: [{ path: [], severity: 'error', message: 'No such prompt.', place: 'a.prompt.yaml:3:1' }],
      inherited: sampleSetup.dataFile,
    },
  },
  { type: 'problem-shown', message: 'Gone.', hint: 'Open another.' },
];
const fromPanel: readonly WebviewMessage[] = [
  { type: 'webview-ready', source: '' },
  { type: 'case-requested', caseId: 'a' },
  { type: 'output-requested', caseId: 'a', columnId: 'b', repetition: 0 },
  { type: 'diff-requested', caseId: 'a', left: 'b', right: 'c', repetition: 1 },
  { type: 'export-requested' },
  { type: 'markdown-requested' },
  { type: 'open-requested' },
  { type: 'start-requested' },
  { type: 'file-requested', line: 2, column: null },
  { type: 'setup-edited', serial: 7, edits: [{ type: 'set', path: ['confidence'], value: 0.9 }] },
  { type: 'setup-edited', serial: 8, edits: [{ type: 'append', path: ['testData'], values: [{}] }] },
  { type: 'setup-edited', serial: 9, edits: [{ type: 'remove', path: ['variants', 0] }] },
  { type: 'setup-asked', ask: 'variant-version', at: 1 },
  { type: 'setup-requested' },
  { type: 'resume-requested' },
  { type: 'promote-requested', columnId: 'b' },
  { type: 'prompt-diff-requested', left: 'a', right: 'b' },
  { type: 'keep-cases-requested' },
  { type: 'label-given', caseId: 'a', columnId: 'b', repetition: 0, label: 'good' },
  { type: 'label-given', caseId: 'a', columnId: 'b', repetition: 0, label: null },
  { type: 'run-requested', runId: 'r' },
  { type: 'run-comparison-requested', runId: 'r' },
  { type: 'run-control-requested', action: 'pause' },
];

describe('what was sent arrives, also after being serialised', () => {
  test.each(fromHost)('$type', (message) => {
    expect(isHostMessage(message)).toBe(true);
    expect(isHostMessage(JSON.parse(JSON.stringify(message)))).toBe(true);
  });
  test.each(fromPanel)('$type', (message) => expect(isWebviewMessage(message)).toBe(true));
});

test('a message that lacks any field it should have is refused', () => {
  const broken = [...fromHost, ...fromPanel].flatMap(withoutOneField);
  expect(broken.length).toBeGreaterThan(150);
  expect(broken.filter((message) => isHostMessage(message) || isWebviewMessage(message))).toEqual([]);
});

test('nothing else is taken for a message', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => !isHostMessage(value) && !isWebviewMessage(value)),
    { numRuns: 2000 },
  );
  expect(isWebviewMessage({ type: 'output-requested', caseId: 'a', columnId: 'b', repetition: -1 })).toBe(
    false,
  );
  expect(isWebviewMessage({ type: 'run-control-requested', action: 'explode' })).toBe(false);
  expect(isWebviewMessage({ type: 'constructor' })).toBe(false);
});
