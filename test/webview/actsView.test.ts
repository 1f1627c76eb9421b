import { expect, test } from 'vitest';
import type { HumanLabel } from '../../src/core/domain/humanLabel.ts';
import { toCaseDetail } from '../../src/hosts/vscode/panel/toCaseDetail.ts';
import { toPanelReport } from '../../src/hosts/vscode/panel/toPanelReport.ts';
import { usePanels } from '../support/panel/openPanels.ts';
import type { PanelPage } from '../support/panel/panelPage.ts';
import { sampleComparison, sampleFacts, shownRunId } from '../support/panel/sampleFacts.ts';
import { sampleReport } from '../support/panel/sampleReport.ts';
import { seriousFindings } from '../support/panel/seriousFindings.ts';
import { themeNames } from '../support/panel/themes.ts';

const panels = usePanels();
const report = sampleReport();
const source = `file:///w/.promptly/runs/${shownRunId}/report.json`;
const [first, second] = report.variants.map(({ id }) => id) as [string, string];

async function show(panel: PanelPage, labels?: readonly HumanLabel[]): Promise<void> {
  await panel.post({ type: 'report-shown', source, report: toPanelReport(report, 'x') });
  await panel.post({ type: 'facts-shown', source, facts: sampleFacts(report, labels) });
  await panel.page.waitForSelector('#history-heading');
}

async function openCase(panel: PanelPage, row: number): Promise<void> {
  await panel.page.click(`[data-row="${row}"]`);
  const asked = (await panel.sent()).findLast((message) => message.type === 'case-requested');
  await panel.post({ type: 'case-shown', detail: toCaseDetail(report, asked!.caseId)! });
  await panel.page.waitForSelector('article.output');
}

test.each(themeNames)('%s: labels, history and comparison are accessible, and pictured', async (theme) => {
  const panel = await panels.open({ theme });
  await show(panel);
  await openCase(panel, 1);
  await panel.post({ type: 'run-comparison-shown', comparison: sampleComparison });
  await panel.page.waitForFunction(() => document.activeElement?.id === 'changes-heading');
  await panels.picture(panel, `acts-${theme}`);
  expect(await seriousFindings(panel.page)).toEqual([]);
});

test('every act asks the host for what it says', async () => {
  const panel = await panels.open();
  await show(panel);
  const press = (name: string) => panel.page.locator('pt-button', { hasText: name }).first().click();
  for (const name of ['Promote…', 'Compare Prompts', 'Failing Case']) await press(name);
  await panel.page
    .getByRole('button', { name: /^Open .*the run of/ })
    .first()
    .click();
  await panel.page
    .getByRole('button', { name: /^Compare with the run of/ })
    .first()
    .click();
  expect((await panel.sent()).slice(-5)).toEqual([
    { type: 'promote-requested', columnId: second },
    { type: 'prompt-diff-requested', left: first, right: second },
    { type: 'keep-cases-requested' },
    { type: 'run-requested', runId: '2026-09-29T10-00-00-000-summaries' },
    { type: 'run-comparison-requested', runId: '2026-09-29T10-00-00-000-summaries' },
  ]);
});

test('a report from elsewhere can be read, not acted on', async () => {
  const panel = await panels.open();
  await panel.post({ type: 'report-shown', source, report: toPanelReport(report, 'x') });
  await panel.post({ type: 'facts-shown', source: 'file:///another', facts: sampleFacts(report) });
  await panel.page.waitForSelector('#cases-heading');
  await openCase(panel, 0);
  expect(await panel.page.locator('.next, .thumbs, #history-heading').count()).toBe(0);
});

test('by keyboard: a label is given with a key in the output, changed, and taken back', async () => {
  const panel = await panels.open();
  await show(panel, []);
  await openCase(panel, 0);
  const given = async (): Promise<unknown> => (await panel.sent()).at(-1);
  const output = { type: 'label-given', caseId: 'case-1', columnId: first, repetition: 0 };
  await panel.page.locator('.thumb.good').first().focus();
  await panel.page.keyboard.press('-');
  expect(await given()).toEqual({ ...output, label: 'bad' });
  const label: HumanLabel = { caseId: 'case-1', variant: first, repetition: 0, label: 'bad' };
  await panel.post({ type: 'facts-shown', source, facts: sampleFacts(report, [label]) });
  await panel.page.waitForSelector('.thumb.bad[aria-pressed="true"]');
  // The focus stays where it was, and the agreement is told.
  expect(await panel.page.evaluate(() => document.activeElement?.className)).toContain('thumb good');
  expect(await panel.page.textContent('#agreement-heading')).toContain('1 label');
  await panel.page.keyboard.press('+');
  expect(await given()).toEqual({ ...output, label: 'good' });
  await panel.page.keyboard.press('0');
  expect(await given()).toEqual({ ...output, label: null });
  await panel.page.locator('.thumb.bad').first().press('Enter');
  expect(await given()).toEqual({ ...output, label: null });
});

test('narrow: the new parts are not cut off sideways', async () => {
  const panel = await panels.open({ width: 300 });
  await show(panel);
  await openCase(panel, 0);
  await panel.post({ type: 'run-comparison-shown', comparison: sampleComparison });
  await panel.page.waitForSelector('#changes-heading');
  expect(await panel.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(300);
});

test('another run on show begins without the comparison of the one before', async () => {
  const panel = await panels.open();
  await show(panel);
  await panel.post({ type: 'run-comparison-shown', comparison: sampleComparison });
  await panel.page.waitForSelector('#changes-heading');
  await panel.post({ type: 'report-shown', source: 'file:///other', report: toPanelReport(report, 'x') });
  await panel.page.waitForSelector('#changes-heading', { state: 'detached' });
});
