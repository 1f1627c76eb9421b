import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFaultServer, type FaultServer } from '../support/faultServer/startFaultServer.ts';
import { startEditorWithPackage, type EditorWithPackage } from './editorWithPackage.ts';
import { SidePanel } from './pages/sidePanel.ts';
import type { Workbench } from './pages/workbench.ts';

let service: FaultServer;
let editor: EditorWithPackage;
let window: Workbench;
let panel: SidePanel;

beforeAll(async () => {
  // An Ollama in all but the model: the real client talks to it over a real connection, slowly enough to be watched.
  service = await startFaultServer({ frameDelayMs: 100 });
  service.setAnswer(() => 'The library is closed from Monday to Wednesday.');
  editor = await startEditorWithPackage({
    env: { OLLAMA_HOST: service.url },
    settings: { 'promptly.retries': 0, 'promptly.defaultBackend': 'ollama', 'promptly.concurrency': 1 },
  });
  window = await editor.open();
  panel = new SidePanel(window.page);
});

afterAll(async () => {
  await editor.stop();
  await service.close();
});

describe('an A/B test in the side panel', () => {
  it('is opened from its lens and says what it will take before anything runs', async () => {
    await window.openFile('which-summary.prompt.yaml');
    await window.codeLens('A/B Test…').click();
    await panel.frame.locator('.estimate dl').waitFor();
    expect(await panel.frame.locator('.estimate').innerText()).toContain('Calls');
    await window.screenshot('panel-plan');
  });

  it('runs, pauses, goes on, and is stopped', async () => {
    await panel.button('Start').click();
    await panel.frame.locator('#progress-heading').waitFor();
    await panel.button('Pause').click();
    await panel.button('Resume').waitFor();
    await panel.button('Resume').click();
    await panel.button('Pause').waitFor();
    await window.screenshot('panel-run');
    await panel.button('Stop').click();
    await panel.frame.locator('#cases-heading').waitFor();
    expect(await panel.frame.locator('main').innerText()).toContain('Stopped before the end.');
  });

  it('goes on from where it was stopped, to its verdict', async () => {
    service.setFault(null);
    await panel.button('Resume').click();
    await panel.frame.locator('#progress-heading').waitFor();
    await expect
      .poll(() => panel.frame.locator('.page-head').innerText(), { timeout: 60_000 })
      .toContain('Copy as Markdown');
    expect(await panel.frame.locator('main').innerText()).not.toContain('Stopped before the end.');
    expect(await panel.heading()).not.toBe('');
    await window.screenshot('panel-verdict');
    const runs = await readdir(path.join(editor.workspace, '.promptly', 'runs'));
    expect(runs).toHaveLength(1);
  });

  it('is found again after the window was reloaded', async () => {
    const verdict = await panel.heading();
    // See openReport.test.ts: what is open is written down every few seconds.
    await window.page.waitForTimeout(8_000);
    await window.page.reload();
    await window.tab('Report: ').waitFor({ timeout: 60_000 });
    await expect.poll(() => panel.heading(), { timeout: 60_000 }).toBe(verdict);
  });
});
