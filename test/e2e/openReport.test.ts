import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleReport } from '../support/panel/sampleReport.ts';
import { startEditorWithPackage, type EditorWithPackage } from './editorWithPackage.ts';
import { SidePanel } from './pages/sidePanel.ts';
import type { Workbench } from './pages/workbench.ts';

let editor: EditorWithPackage;
let window: Workbench;
let panel: SidePanel;

beforeAll(async () => {
  editor = await startEditorWithPackage();
  const run = path.join(editor.workspace, '.promptly', 'runs', '2026-10-01T10-00-00-000-summaries');
  await mkdir(run, { recursive: true });
  await writeFile(path.join(run, 'report.json'), JSON.stringify(sampleReport()));
  window = await editor.open();
  panel = new SidePanel(window.page);
});

afterAll(async () => {
  await editor.stop();
});

describe('a stored report in the side panel', () => {
  it('is chosen from the workspace’s runs and shows its verdict first', async () => {
    await window.openFile('summarise.prompt.yaml');
    await window.quickInput.runCommandAndPick('Promptly: Open Report', 'summaries');
    await expect.poll(() => panel.heading()).toBe('Careful wins');
    await window.screenshot('panel-report');
  });

  it('opens a case with its outputs, and both in the diff editor', async () => {
    await panel.openCase('case-3');
    expect(await panel.frame.locator('article.output').count()).toBe(2);
    await window.screenshot('panel-case');
    await panel.frame.locator('pt-button', { hasText: 'Open in Diff Editor' }).click();
    await window.tab('case-3: Current ↔ Careful').waitFor();
  });

  it('is there again after the window was reloaded, with the case open', async () => {
    await window.tab('Report: Summaries').click();
    // The editor writes down what is open every few seconds, and a reload by the browser does not wait for it.
    await window.page.waitForTimeout(8_000);
    await window.page.reload();
    await window.tab('Report: Summaries').waitFor({ timeout: 60_000 });
    await window.tab('Report: Summaries').click();
    await expect.poll(() => panel.heading(), { timeout: 60_000 }).toBe('Careful wins');
    await panel.frame.locator('article.output').first().waitFor();
  });
});
