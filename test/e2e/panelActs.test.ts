import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFaultServer, type FaultServer } from '../support/faultServer/startFaultServer.ts';
import { seriousFindings } from '../support/panel/seriousFindings.ts';
import { startEditorWithPackage, type EditorWithPackage } from './editorWithPackage.ts';
import { answerOrder, orderCases, promptFile, testFile, writeOrderTest } from './orderTest.ts';
import { SidePanel } from './pages/sidePanel.ts';
import type { Workbench } from './pages/workbench.ts';

let service: FaultServer;
let editor: EditorWithPackage;
let window: Workbench;
let panel: SidePanel;

beforeAll(async () => {
  service = await startFaultServer({ latencyMs: 250, answer: answerOrder });
  editor = await startEditorWithPackage({
    env: { OLLAMA_HOST: service.url },
    settings: { 'promptly.retries': 0, 'promptly.defaultBackend': 'ollama', 'promptly.concurrency': 2 },
  });
  await writeOrderTest(editor.workspace);
  window = await editor.open('dark');
  panel = new SidePanel(window.page);
});

afterAll(async () => {
  await editor.stop();
  await service.close();
});

const onDisk = (file: string): Promise<string> => readFile(path.join(editor.workspace, file), 'utf8');
const runs = (): Promise<string[]> => readdir(path.join(editor.workspace, '.promptly', 'runs'));
const titleAction = (name: string): Locator => window.page.getByRole('button', { name }).first();
const dialog = (): Locator => window.page.locator('.monaco-dialog-box');

async function start(): Promise<void> {
  // Files open where the focus is.
  await window.page.keyboard.press('Control+1');
  await window.openFile(testFile);
  await window.codeLens('A/B Test…').click();
  await panel.button('Start').click();
  await panel.frame.locator('#progress-heading').waitFor();
}

/** What is open is written down every few seconds, and a reload by the browser does not wait for it. */
async function reload(): Promise<void> {
  await window.page.waitForTimeout(8_000);
  await window.page.reload();
}

/** Presses Tab until the focus is on something in the panel that says so. */
async function tabTo(words: string): Promise<void> {
  for (let presses = 0; presses < 120; presses += 1) {
    await window.page.keyboard.press('Tab');
    const found = await panel.frame.locator('body').evaluate(() => {
      const { activeElement } = document;
      return `${activeElement?.getAttribute('aria-label') ?? ''} ${activeElement?.textContent.trim() ?? ''}`.trim();
    });
    if (found.startsWith(words)) return;
  }
  throw new Error(`Tab never reached "${words}".`);
}

describe('a run in the side panel, and what comes after it', () => {
  it('is watched live, stopped and resumed', async () => {
    await start();
    await panel.frame.locator('#verdict-heading', { hasText: /lead/ }).waitFor({ timeout: 60_000 });
    // Before 20 cases there is no confidence to be seen.
    await panel.frame.locator('.page-head', { hasText: /2\d cases of 30 done/ }).waitFor();
    await window.screenshot('panel-live');
    await panel.button('Stop').click();
    await panel.frame.locator('#cases-heading').waitFor();
    expect(await panel.frame.locator('main').innerText()).toContain('Stopped before the end.');
    await window.screenshot('panel-stopped');
    await panel.button('Resume').click();
    await panel.frame.locator('#progress-heading').waitFor();
    await panel.frame.locator('#history-heading').waitFor({ timeout: 60_000 });
    expect(await panel.heading()).toBe('Exact wins');
    await window.screenshot('panel-winner');
  });

  it('its prompts are compared in the diff editor', async () => {
    await panel.button('Compare Prompts').click();
    await window.tab('Kind ↔ Exact (prompts)').waitFor();
    await window.screenshot('panel-prompts');
  });

  it('outputs are labelled by key, and the evaluator’s agreement is told', async () => {
    await window.tab('Report: which-answer').click();
    await panel.openCase('order-13');
    await panel.frame.locator('.thumb.good').last().focus();
    await window.page.keyboard.press('-');
    await panel.frame.locator('.thumb.bad[aria-pressed="true"]').waitFor();
    await panel.frame.locator('.thumb.good').first().focus();
    await window.page.keyboard.press('-');
    await panel.frame.locator('#agreement-heading', { hasText: '2 labels' }).waitFor();
    const [run = ''] = await runs();
    const kept = JSON.parse(await onDisk(path.join('.promptly', 'runs', run, 'labels.json'))) as unknown;
    expect(kept).toMatchObject({
      schemaVersion: 1,
      labels: [{ caseId: 'order-13', label: 'bad' }, { label: 'bad' }],
    });
    await window.screenshot('panel-labels');
  });

  it('cases that failed are kept in the other prompt’s test data, once', async () => {
    await panel.button('Failing Case').click();
    await window.quickInput.waitUntilOpen();
    // Twenty of Kind's answers, and one of Exact's among them, named no day.
    await window.page.keyboard.press('Enter');
    await window.tab('order-answer-exact').waitFor();
    await expect
      .poll(() => onDisk(path.join('prompts', 'order-answer-exact.prompt.yaml')), { timeout: 20_000 })
      .toContain('order 13');
    const text = await onDisk(path.join('prompts', 'order-answer-exact.prompt.yaml'));
    expect(text.match(/question: When/g)).toHaveLength(21);
    await window.tab('Report: which-answer').click();
    await panel.button('Failing Case').click();
    await window.notifications.waitFor('All cases that failed are in the test data already.');
  });

  it('the winner is promoted: said what that means, shown as a diff, accepted, and undone like any edit', async () => {
    const before = await onDisk(promptFile);
    await panel.button('Promote…').click();
    await dialog().waitFor();
    const words = await dialog().innerText();
    expect(words).toContain('Promote “Exact” into prompts/order-answer.prompt.yaml?');
    expect(words).toContain('become those of prompts/order-answer-exact.prompt.yaml');
    await window.screenshot('panel-promote-dialog');
    const review = async (): Promise<void> => {
      await dialog().getByRole('button', { name: 'Review Changes' }).click();
      await window.tab('with “Exact”').waitFor();
    };
    await review();
    await titleAction('Accept Promotion').waitFor();
    await window.screenshot('panel-promote');
    await titleAction('Discard Promotion').click();
    await window.tab('with “Exact”').waitFor({ state: 'detached' });
    await window.tab('Report: which-answer').click();
    await panel.button('Promote…').click();
    await review();
    expect(await onDisk(promptFile)).toBe(before);
    await titleAction('Accept Promotion').click();
    await expect.poll(() => onDisk(promptFile), { timeout: 10_000 }).toContain('name the day');
    const after = await onDisk(promptFile);
    // What is not part of the prompt stays, comments and all.
    expect(after).toContain('# who speaks');
    expect(after).toContain('testDataFile: ./orders.csv');
    expect(after).not.toContain('temperature');
    await window.tab('order-answer.prompt.yaml').click();
    await window.page.locator('.editor-group-container .monaco-editor').first().click();
    await window.page.keyboard.press('Control+Z');
    await expect.poll(() => window.editorText(), { timeout: 10_000 }).toContain('kindly');
    await window.page.keyboard.press('Control+Shift+Z');
    await expect.poll(() => window.editorText(), { timeout: 10_000 }).toContain('name the day');
    await window.page.keyboard.press('Control+S');
  });

  it('labels and history are found again after the window was reloaded', async () => {
    await window.tab('Report: which-answer').click();
    await reload();
    await window.tab('Report: which-answer').waitFor({ timeout: 60_000 });
    await window.tab('Report: which-answer').click();
    await expect.poll(() => panel.heading(), { timeout: 60_000 }).toBe('Exact wins');
    await panel.frame.locator('#agreement-heading', { hasText: '2 labels' }).waitFor();
  });
});

describe('a run that nobody watches', () => {
  it('tells its end when its panel is hidden', async () => {
    await start();
    await window.tab('Report: which-answer').click();
    expect(await window.notifications.waitFor('which-answer is finished.')).toContain(
      'which-answer is finished.',
    );
    await window.notifications.press('which-answer is finished.', 'Show Report');
    await panel.frame.locator('#history-heading').waitFor();
    expect(await panel.frame.locator('#history-heading ~ .table-scroll tbody tr').count()).toBe(2);
    await panel.frame.locator('.runs').scrollIntoViewIfNeeded();
    await window.screenshot('panel-history');
  });

  it('is compared with the one before', async () => {
    await panel.frame
      .getByRole('button', { name: /^Compare with the run of/ })
      .first()
      .click();
    await panel.frame.locator('#changes-heading').waitFor();
    const words = await panel.frame
      .locator('section', { has: panel.frame.locator('#changes-heading') })
      .innerText();
    // Kind has Exact's text now, so it names the days it did not name before.
    expect(words).toContain('19 better, 0 worse, 11 the same');
    await window.screenshot('panel-changes');
  });

  it('is found, promoted and labelled by keyboard alone', async () => {
    await window.quickInput.runCommand('Promptly: Open Report');
    await window.quickInput.answer('Exact wins');
    await panel.frame.locator('#history-heading').waitFor();
    await panel.frame.locator('body').focus();
    await tabTo('Promote Exact');
    await window.page.keyboard.press('Enter');
    // It has been promoted above.
    await window.notifications.waitFor('says that already: there is nothing to write.');
    await tabTo('order-');
    await window.page.keyboard.press('ArrowDown');
    await window.page.keyboard.press('Enter');
    await panel.frame.locator('article.output').first().waitFor();
    await tabTo('Good');
    await window.page.keyboard.press('Enter');
    await panel.frame.locator('.thumb.good[aria-pressed="true"]').waitFor();
    await tabTo('Open the run of');
  });

  it.each([
    ['dark', 'Default Dark Modern'],
    ['light', 'Default Light Modern'],
    ['contrast', 'Default High Contrast'],
    ['contrast-light', 'Default High Contrast Light'],
  ])('is accessible in the editor’s own %s theme', async (name, theme) => {
    const settings = path.join(editor.workspace, '.vscode', 'settings.json');
    const own = JSON.parse(await readFile(settings, 'utf8')) as Record<string, unknown>;
    await writeFile(settings, JSON.stringify({ ...own, 'workbench.colorTheme': theme }));
    const kind = { dark: 'vscode-dark', light: 'vscode-light', contrast: 'vscode-high-contrast' }[name];
    await panel.frame.locator(`body.${kind ?? 'vscode-high-contrast-light'}`).waitFor();
    const frame = await (await panel.frame.locator('body').elementHandle()).ownerFrame();
    expect(await seriousFindings(frame!)).toEqual([]);
    await window.screenshot(`panel-theme-${name}`);
  });

  it('is found again when its window was closed under it, and goes on', async () => {
    service.setAnswer((request) => `${answerOrder(request)} Yes.`);
    await start();
    await panel.frame.locator('#verdict-heading', { hasText: /lead/ }).waitFor({ timeout: 60_000 });
    // What is asked now is never answered: the window goes while calls are in flight.
    service.setFault('hang-before-text');
    await reload();
    service.setFault(null);
    await panel.button('Resume').waitFor({ timeout: 90_000 });
    expect(await panel.frame.locator('main').innerText()).toContain('Stopped before the end.');
    await panel.button('Resume').click();
    // The page of the stopped run has the history too: first it has to go.
    await panel.frame.locator('#progress-heading').waitFor();
    await panel.frame.locator('#history-heading').waitFor({ timeout: 60_000 });
    expect(await panel.frame.locator('main').innerText()).not.toContain('Stopped before the end.');
    expect(await runs()).toHaveLength(3);
  });

  it('stands in the list of reports as not finished, and is opened from there', async () => {
    const names = await runs();
    const last = names.sort().at(-1) ?? '';
    const events = path.join(editor.workspace, '.promptly', 'runs', last, 'events.jsonl');
    const text = await readFile(events, 'utf8');
    const killed = path.join(editor.workspace, '.promptly', 'runs', '2026-01-01T00-00-00-000-which-answer');
    await mkdir(killed);
    await copyFile(path.join(path.dirname(events), 'plan.json'), path.join(killed, 'plan.json'));
    await writeFile(path.join(killed, 'events.jsonl'), text.split('\n').slice(0, orderCases).join('\n'));
    await window.quickInput.runCommandAndPick('Promptly: Open Report', 'not finished');
    await panel.button('Resume').waitFor();
  });
});
