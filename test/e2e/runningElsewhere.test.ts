import { spawn } from 'node:child_process';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startFaultServer, type FaultServer } from '../support/faultServer/startFaultServer.ts';
import { startEditorWithPackage, type EditorWithPackage } from './editorWithPackage.ts';
import { answerOrder, testFile, writeOrderTest } from './orderTest.ts';
import { PromptlyView } from './pages/promptlyView.ts';
import { SidePanel } from './pages/sidePanel.ts';
import type { Workbench } from './pages/workbench.ts';

let service: FaultServer;
let editor: EditorWithPackage;
let window: Workbench;
let view: PromptlyView;
let panel: SidePanel;

beforeAll(async () => {
  service = await startFaultServer({ latencyMs: 300, answer: answerOrder });
  editor = await startEditorWithPackage({
    env: { OLLAMA_HOST: service.url },
    settings: { 'promptly.retries': 0, 'promptly.defaultBackend': 'ollama', 'promptly.concurrency': 1 },
  });
  await writeOrderTest(editor.workspace);
  window = await editor.open();
  view = new PromptlyView(window.page);
  panel = new SidePanel(window.page);
  await view.open();
});

afterAll(async () => {
  await editor.stop();
  await service.close();
});

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.screenshot(`failed-${task.name.replaceAll(/\W+/g, '-')}`);
});

const newest = async (): Promise<string> => (await view.rows('Recent Runs'))[0] ?? '';
const page = (): Promise<string> => panel.frame.locator('main').innerText();

describe('a run of another process', () => {
  it('stands as running, is not offered to be resumed or deleted, and is shown to its end', async () => {
    const child = spawn(
      process.execPath,
      [path.resolve('dist/cli.js'), 'ab', 'which-answer', '--no-cache', '--concurrency', '1', '--quiet'],
      { cwd: editor.workspace, env: { ...process.env, OLLAMA_HOST: service.url }, stdio: 'ignore' },
    );
    const ended = new Promise((resolve) => child.once('close', resolve));
    await expect.poll(newest, { timeout: 20_000 }).toMatch(/^which-answer running/);
    const entries = await view.menuEntries('Recent Runs', 'which-answer');
    expect(entries).toContain('Open Report…');
    for (const entry of ['Resume Run', 'Delete Run…', 'Cancel Run']) expect(entries).not.toContain(entry);
    await window.quickInput.runCommandAndPick('Promptly: Open Report', 'running');
    await expect.poll(() => page().catch(() => ''), { timeout: 20_000 }).toContain('Still running');
    expect(await panel.button('Resume').count()).toBe(0);
    await window.screenshot('panel-elsewhere');
    await ended;
    await expect.poll(page, { timeout: 30_000 }).not.toContain('Still running');
    expect(await panel.heading()).toBe('Exact wins');
    await expect.poll(newest, { timeout: 20_000 }).toMatch(/^which-answer Exact wins/);
  });

  it('that was killed can be gone on with at once', async () => {
    const child = spawn(
      process.execPath,
      [path.resolve('dist/cli.js'), 'ab', 'which-answer', '--no-cache', '--concurrency', '1', '--quiet'],
      { cwd: editor.workspace, env: { ...process.env, OLLAMA_HOST: service.url }, stdio: 'ignore' },
    );
    await expect.poll(newest, { timeout: 20_000 }).toMatch(/^which-answer running/);
    child.kill('SIGKILL');
    // Nobody says so: the view looks again by itself.
    await expect.poll(newest, { timeout: 30_000 }).toMatch(/^which-answer not finished/);
    await view.clickInline('Recent Runs', 'which-answer', 'Resume Run');
    await expect.poll(newest, { timeout: 60_000 }).toMatch(/^which-answer Exact wins/);
  });
});

describe('a run of this window', () => {
  it('is watched again after its panel was closed', async () => {
    await window.page.keyboard.press('Control+1');
    await window.openFile(testFile);
    await window.codeLens('A/B Test…').click();
    await panel.button('Start').click();
    await panel.frame.locator('#progress-heading').waitFor();
    await expect.poll(newest, { timeout: 20_000 }).toMatch(/^which-answer running/);
    await window.tab('A/B Test: which-answer').click();
    await window.quickInput.runCommand('View: Close Editor');
    await window.tab('A/B Test: which-answer').waitFor({ state: 'detached' });
    await view.row('Recent Runs', 'which-answer').click();
    await panel.frame.locator('#progress-heading').waitFor();
    await panel.button('Pause').waitFor();
    await view.clickInline('Recent Runs', 'which-answer', 'Cancel Run');
    await panel.frame.locator('#cases-heading').waitFor();
    expect(await page()).toContain('Stopped before the end.');
    await expect.poll(newest, { timeout: 20_000 }).toMatch(/^which-answer stopped/);
  });
});
