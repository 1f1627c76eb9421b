import { expect, test } from 'vitest';
import { usePanels } from '../support/panel/openPanels.ts';
import { samplePlan } from '../support/panel/samplePlan.ts';
import { seriousFindings } from '../support/panel/seriousFindings.ts';
import { themeNames } from '../support/panel/themes.ts';

const panels = usePanels();

test.each(themeNames)('%s: a plan is accessible, and pictured', async (theme) => {
  const panel = await panels.open({ theme });
  await panel.post({ type: 'plan-shown', plan: samplePlan });
  await panel.page.waitForSelector('#plan-heading');
  await panels.picture(panel, `plan-${theme}`);
  expect(await seriousFindings(panel.page)).toEqual([]);
});

test('it starts by its button, and not while something is wrong', async () => {
  const panel = await panels.open();
  const start = panel.page.locator('pt-button', { hasText: 'Start' });
  await panel.post({
    type: 'plan-shown',
    plan: {
      ...samplePlan,
      facts: null,
      problems: [{ place: 'a.prompt.yaml:3:1', message: 'No such prompt.' }],
    },
  });
  await panel.page.waitForSelector('#problems-heading');
  expect(await start.getAttribute('disabled')).not.toBeNull();
  expect(await panel.page.textContent('main')).toContain('a.prompt.yaml:3:1');
  await panel.post({ type: 'plan-shown', plan: samplePlan });
  await panel.page.waitForSelector('#plan-heading');
  await start.click();
  await panel.page.locator('pt-button', { hasText: 'Edit File' }).click();
  expect((await panel.sent()).slice(-2)).toEqual([{ type: 'start-requested' }, { type: 'file-requested' }]);
});
