import { expect, test } from 'vitest';
import { usePanels } from '../support/panel/openPanels.ts';
import { sampleRun } from '../support/panel/sampleRun.ts';
import { seriousFindings } from '../support/panel/seriousFindings.ts';
import { themeNames } from '../support/panel/themes.ts';

const panels = usePanels();

test.each(themeNames)('%s: a run in progress is accessible, and pictured', async (theme) => {
  const panel = await panels.open({ theme });
  await panel.post({ type: 'run-updated', source: '', run: sampleRun() });
  await panel.page.waitForSelector('#progress-heading');
  await panels.picture(panel, `run-${theme}`);
  expect(await seriousFindings(panel.page)).toEqual([]);
});

test('the controls that make sense are offered, and ask the host', async () => {
  const panel = await panels.open();
  const buttons = panel.page.locator('[role="toolbar"] pt-button');
  await panel.post({
    type: 'run-updated',
    source: '',
    run: sampleRun(0, { state: 'running', confidences: [] }),
  });
  await panel.page.waitForSelector('#progress-heading');
  expect(await buttons.allTextContents()).toEqual(['Pause', 'Stop']);
  await buttons.first().click();
  await panel.post({ type: 'run-updated', source: '', run: sampleRun(10, { state: 'paused' }) });
  await panel.page.locator('pt-button', { hasText: 'Resume' }).click();
  const asked = (await panel.sent()).filter(({ type }) => type === 'run-control-requested');
  expect(asked).toEqual([
    { type: 'run-control-requested', action: 'pause' },
    { type: 'run-control-requested', action: 'resume' },
  ]);
  await panel.post({ type: 'run-updated', source: '', run: sampleRun(10, { state: 'ended' }) });
  await panel.page.waitForFunction(() => document.querySelector('[role="toolbar"] pt-button') === null);
});

test('before 20 cases the confidence is not a number', async () => {
  const panel = await panels.open();
  await panel.post({ type: 'run-updated', source: '', run: sampleRun(8) });
  await panel.page.waitForSelector('#progress-heading');
  expect(await panel.page.textContent('.facts')).toContain('too early');
});
