import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startFaultServer, type FaultServer } from '../support/faultServer/startFaultServer.ts';
import { startEditorWithPackage, type EditorWithPackage } from './editorWithPackage.ts';
import type { Workbench } from './pages/workbench.ts';

let service: FaultServer;
let editor: EditorWithPackage;
let window: Workbench;

const lastQuestion = (): string => JSON.stringify(service.calls().at(-1)?.body?.['messages']);
const keyboard = () => window.page.keyboard;

beforeAll(async () => {
  // Ollama and Claude in all but the model: the real clients talk to it over real connections.
  service = await startFaultServer({ frameDelayMs: 30 });
  editor = await startEditorWithPackage({
    env: { OLLAMA_HOST: service.url },
    settings: { 'promptly.retries': 0, 'promptly.claude.baseUrl': service.url },
  });
  const broken = 'name: unquoted\nmessages:\n  - role: user\n    content: {{text}} please\n';
  await writeFile(path.join(editor.workspace, 'prompts', 'unquoted.prompt.yaml'), broken);
  window = await editor.open();
});

afterAll(async () => {
  await editor.stop();
  await service.close();
});

beforeEach(() => {
  service.setFault(null);
  service.setAnswer(() => 'An answer from the loopback.');
});

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.screenshot(`failed-${task.name.replaceAll(/\W+/g, '-')}`);
});

describe('with nothing open', () => {
  it('the palette’s Run asks which prompt, then for its input', async () => {
    await window.quickInput.runCommand('Promptly: Run Prompt');
    await window.quickInput.title.getByText('Run which prompt?').waitFor();
    await window.quickInput.pick('headline');
    await window.quickInput.answer('The ferry does not run today.');
    await window.output.waitForText('✓ Done');
    expect(await window.output.text()).toContain('▷ headline');
    expect(lastQuestion()).toContain('The ferry does not run today.');
  });
});

describe('on a selection', () => {
  it('the selected text is the prompt’s input', async () => {
    await window.openFile('meeting.txt');
    await window.page.locator('.editor-group-container.active .view-lines').first().click();
    await keyboard().press('Control+A');
    await window.quickInput.runCommand('Promptly: Run Prompt on Selection');
    await window.quickInput.pick('summarise ');
    const notes = await readFile(path.join(editor.workspace, 'notes', 'meeting.txt'), 'utf8');
    const words = notes.trim().split('\n', 1)[0] ?? '';
    await expect.poll(lastQuestion).toContain(JSON.stringify(words).slice(1, -1));
  });
});

describe('by keyboard alone', () => {
  it('a broken file is mended at its mark', async () => {
    await window.openFile('unquoted.prompt.yaml');
    await window.page.locator('.squiggly-error').first().waitFor();
    await keyboard().press('F8');
    await window.page.locator('.marker-widget').waitFor();
    await window.screenshot('broken-file');
    await keyboard().press('Escape');
    await keyboard().press('Control+.');
    await window.page.locator('.action-widget').getByText('Quote this').first().waitFor();
    await keyboard().press('Enter');
    await expect.poll(() => window.editorText()).toMatch(/content: ["']\{\{text\}\} please["']/);
    await expect.poll(() => window.page.locator('.squiggly-error').count()).toBe(0);
    await keyboard().press('Control+S');
  });
});

describe('a model of Ollama', () => {
  it('is pulled after asking, shows how far it is, and is let go at once when cancelled', async () => {
    await window.quickInput.runCommand('Promptly: Install Model');
    await window.quickInput.pick('Ollama');
    await window.quickInput.answer('endless:1b');
    const pulls = () => service.requests.filter((request) => request.path === '/api/pull');
    const dialog = window.page.locator('.monaco-dialog-box');
    await dialog.getByText('Fetch the model endless:1b?').waitFor();
    expect(pulls()).toHaveLength(0);
    await window.screenshot('pull-consent');
    await dialog.getByRole('button', { name: 'Pull' }).click();
    await window.notifications.toast('endless:1b').waitFor();
    await expect.poll(() => window.page.locator('.monaco-progress-container').count()).toBeGreaterThan(0);
    await expect.poll(() => pulls().length).toBe(1);
    await window.screenshot('pull-progress');
    await window.notifications.press('endless:1b', 'Cancel');
    await expect.poll(() => pulls()[0]?.closedAtMs).not.toBeNull();
    expect(pulls()[0]?.answered).toBe(false);
    await expect.poll(() => window.notifications.toasts.count()).toBe(0);
  });
});
