import { expect, test } from 'vitest';
import { toCaseDetail } from '../../src/hosts/vscode/panel/toCaseDetail.ts';
import { toPanelReport } from '../../src/hosts/vscode/panel/toPanelReport.ts';
import type { Report } from '../../src/core/domain/report.ts';
import { usePanels } from '../support/panel/openPanels.ts';
import type { PanelPage } from '../support/panel/panelPage.ts';
import { sampleReport } from '../support/panel/sampleReport.ts';
import { themeNames } from '../support/panel/themes.ts';

import { seriousFindings } from '../support/panel/seriousFindings.ts';
import { hostileText, resultOf, testReport } from '../support/reports.ts';

const panels = usePanels();
const report = sampleReport();

async function show(panel: PanelPage, shown: Report): Promise<void> {
  await panel.post({ type: 'report-shown', source: 'file:///run', report: toPanelReport(shown, 'Tests') });
  await panel.page.waitForSelector('#cases-heading');
}

/** Opens a row and answers what the panel asks for. */
async function openCase(panel: PanelPage, shown: Report, row: number): Promise<void> {
  await panel.page.click(`[data-row="${row}"]`);
  await answerCase(panel, shown);
}

async function answerCase(panel: PanelPage, shown: Report): Promise<void> {
  const asked = (await panel.sent()).findLast((message) => message.type === 'case-requested');
  await panel.post({ type: 'case-shown', detail: toCaseDetail(shown, asked!.caseId)! });
  await panel.page.waitForSelector('article.output');
}

test.each(themeNames)('%s: the whole page is accessible, and pictured', async (theme) => {
  const panel = await panels.open({ theme });
  await show(panel, report);
  await openCase(panel, report, 2);
  await panels.picture(panel, `read-${theme}`);
  expect(await seriousFindings(panel.page)).toEqual([]);
});

test('a test run shows its summary and one column of results', async () => {
  const panel = await panels.open();
  await show(panel, testReport);
  expect(await panel.page.textContent('#verdict-heading')).toContain(
    '1 result did not pass, 2 could not be judged',
  );
  await openCase(panel, testReport, 0);
  expect(await panel.page.locator('article.output').count()).toBe(1);
  await panels.picture(panel, 'read-tests');
});

test('three variants without a clear winner: says what would settle it', async () => {
  const undecided = sampleReport({
    labels: ['Current', 'Careful', 'Short'],
    advantages: [0.2, 0.21, 0.205],
    cases: 30,
  });
  expect(undecided.verdict.outcome).toBe('no_clear_winner');
  const panel = await panels.open({ theme: 'vscode-dark' });
  await show(panel, undecided);
  await panels.picture(panel, 'read-undecided');
  expect(await panel.page.textContent('#verdict-heading')).toContain('No clear winner');
  expect(await panel.page.textContent('.facts')).toContain('To settle it');
});

test('by keyboard alone: filter, move through the rows, open a case, close it again', async () => {
  const panel = await panels.open();
  const { page } = panel;
  await show(panel, report);
  const focused = (): Promise<string> =>
    page.evaluate(() => document.activeElement?.textContent.trim() ?? '');
  await tabTo(panel, 'Regressions');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelectorAll('[data-row]').length < 40);
  await tabTo(panel, 'case-');
  const start = await focused();
  await page.keyboard.press('ArrowDown');
  await page.waitForFunction((before) => document.activeElement?.textContent.trim() !== before, start);
  await page.keyboard.press('Home');
  await page.waitForFunction((before) => document.activeElement?.textContent.trim() === before, start);
  await page.keyboard.press('Enter');
  await answerCase(panel, report);
  await page.waitForFunction(() => document.activeElement?.id === 'case-heading');
  await page.keyboard.press('Escape');
  await page.waitForSelector('.detail', { state: 'detached' });
  await page.waitForFunction((before) => document.activeElement?.textContent.trim() === before, start);
});

/** Presses Tab until the focus is on something that says so. */
async function tabTo(panel: PanelPage, words: string): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await panel.page.keyboard.press('Tab');
    const found = await panel.page.evaluate(() => document.activeElement?.textContent.trim() ?? '');
    if (found.startsWith(words)) return;
  }
  throw new Error(`Tab never reached "${words}".`);
}

test('hostile answers are shown as text and run nothing', async () => {
  const hostile = [
    hostileText,
    '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>',
    '\u001b[2J\u001b[31mred\u0007',
    'abc\u202egnp.exe',
    '\ud83d broken \udc00',
    'a\u0000b',
    'x'.repeat(5_000_000),
    '</pre></body><style>*{display:none}</style>',
  ];
  const cases = hostile.map((output, at) => ({
    id: `${output.slice(0, 40)}#${at}`,
    vars: { [output.slice(0, 30)]: output.slice(0, 1000) },
    expected: output.slice(0, 1000),
    results: {
      current: [
        resultOf({
          output,
          evaluations: [{ name: output.slice(0, 50), score: 0, passed: false, reason: output.slice(0, 500) }],
        }),
      ],
      careful: [resultOf({ output: `${output.slice(0, 1000)} and more` })],
    },
  }));
  const evil = { ...report, name: hostile[1]!, cases };
  const panel = await panels.open();
  await show(panel, evil);
  for (let row = 0; row < hostile.length; row += 1) {
    await openCase(panel, evil, row);
    await panel.page.waitForFunction(
      (at) => document.querySelector(`tr.open [data-row="${at}"]`) !== null,
      row,
    );
  }
  expect(await panel.page.evaluate(() => 'hacked' in window)).toBe(false);
  expect(await panel.page.locator('img, .text script, .text style').count()).toBe(0);
  const shown = await panel.page.textContent('body');
  // eslint-disable-next-line no-control-regex -- none of them may be there
  expect(shown).not.toMatch(/[\u001b\u202e\u0000\p{Surrogate}]/u);
});

test('2,000 cases of three variants: few rows are drawn, and the last one can be reached', async () => {
  const large = sampleReport({ cases: 2000, labels: ['A', 'B', 'C'] });
  const panel = await panels.open();
  await show(panel, large);
  const drawn = (): Promise<number> => panel.page.locator('.cases tbody tr:not(.spacer)').count();
  expect(await drawn()).toBeLessThan(60);
  await panel.page.focus('[data-row="0"]');
  await panel.page.keyboard.press('End');
  await panel.page.waitForFunction(() => document.activeElement?.textContent.trim() === 'case-2000');
  expect(await drawn()).toBeLessThan(60);
  expect(await panel.page.getAttribute('.cases', 'aria-rowcount')).toBe('2001');
  // The focused row is in sight, not hidden behind the head or the edge.
  const inSight = await panel.page.evaluate(() => {
    const [row, box] = [
      document.activeElement!.getBoundingClientRect(),
      document.querySelector('.case-scroll')!.getBoundingClientRect(),
    ];
    return row.top >= box.top + 29 && row.bottom <= box.bottom + 1;
  });
  expect(inSight).toBe(true);
  await panel.page.locator('.cases th button', { hasText: 'Change' }).click();
  await panel.page.waitForFunction(() => document.querySelector('.case-scroll')!.scrollTop === 0);
});

test('after a restart it is read as before, and the open case is asked for again', async () => {
  const first = await panels.open();
  await show(first, report);
  await first.page.locator('.chip', { hasText: 'Disagreements' }).click();
  await openCase(first, report, 1);
  const kept = await first.kept();
  const second = await panels.open({ kept });
  expect((await second.sent())[0]).toEqual({ type: 'webview-ready', source: 'file:///run' });
  await show(second, report);
  await answerCase(second, report);
  expect(await second.page.getAttribute('.chip[aria-pressed="true"]', 'title')).toContain('not score alike');
});

test('narrow and magnified: nothing is cut off sideways', async () => {
  const panel = await panels.open({ width: 300 });
  await show(panel, report);
  await openCase(panel, report, 0);
  await panels.picture(panel, 'read-narrow');
  const wide = await panel.page.evaluate(() => document.documentElement.scrollWidth);
  expect(wide).toBeLessThanOrEqual(300);
});

test('every button asks the host for what it says', async () => {
  const panel = await panels.open();
  await show(panel, report);
  await openCase(panel, report, 0);
  for (const label of ['Copy as Markdown', 'Export…', 'Open Another…', 'Open in Diff Editor']) {
    await panel.page.locator('pt-button', { hasText: label }).click();
  }
  const types = (await panel.sent()).slice(-4).map(({ type }) => type);
  expect(types).toEqual(['markdown-requested', 'export-requested', 'open-requested', 'diff-requested']);
});
