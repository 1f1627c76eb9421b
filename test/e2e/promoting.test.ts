import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFaultServer, type FaultServer } from '../support/faultServer/startFaultServer.ts';
import { startEditorWithPackage, type EditorWithPackage } from './editorWithPackage.ts';
import { Explorer } from './pages/explorer.ts';
import { SidePanel } from './pages/sidePanel.ts';
import type { Workbench } from './pages/workbench.ts';
import { answerTown, summarise, writeVersionTests } from './versions.ts';

let service: FaultServer;
let editor: EditorWithPackage;
let window: Workbench;
let panel: SidePanel;

beforeAll(async () => {
  service = await startFaultServer({ answer: answerTown, models: ['llama3.2:3b', 'qwen3:4b'] });
  editor = await startEditorWithPackage({
    env: { OLLAMA_HOST: service.url },
    settings: {
      'promptly.retries': 0,
      'promptly.defaultBackend': 'ollama',
      'explorer.autoReveal': false,
    },
  });
  await writeVersionTests(editor.workspace);
  window = await editor.open();
  panel = new SidePanel(window.page);
});

afterAll(async () => {
  await editor.stop();
  await service.close();
});

const plan = (): Promise<string> => panel.frame.locator('#plan-heading').innerText();
const prompt = (): Promise<string> => readFile(path.join(editor.workspace, summarise), 'utf8');
const dialog = (): Locator => window.page.locator('.monaco-dialog-box');

async function run(test: string): Promise<void> {
  await window.page.keyboard.press('Control+1');
  await window.openFile(`${test}.prompt.yaml`);
  await window.codeLens('A/B Test…').click();
  await expect
    .poll(() =>
      panel.frame
        .locator('.page-head')
        .innerText()
        .catch(() => ''),
    )
    .toContain(test);
  await panel.button('Start').click();
  await panel.frame.locator('#history-heading').waitFor({ timeout: 60_000 });
}

describe('a test of several files', () => {
  it('is set up from those selected in the explorer', async () => {
    const explorer = new Explorer(window.page);
    await explorer.open();
    await explorer.expand('prompts');
    await explorer.select('summarise.prompt.yaml', 'summarise-plainly.prompt.yaml');
    await explorer.chooseFromMenu('summarise-plainly.prompt.yaml', 'A/B Test…');
    await panel.frame.locator('#variants-heading').waitFor();
    await expect.poll(() => panel.frame.locator('.variant').count()).toBe(2);
    const variants = await panel.frame.locator('.variant').allInnerTexts();
    expect(variants.join(' ')).toMatch(/summarise[^]*summarise-plainly/);
    await expect.poll(plan, { timeout: 20_000 }).toMatch(/2 variants on 3 cases/);
  });

  it('takes its cases from a data file that is picked, and says how many', async () => {
    await panel.button('Use a Data File…').click();
    await window.quickInput.waitUntilOpen();
    const offered = await window.quickInput.labels();
    // Prompts are no test data.
    expect(offered).toEqual(expect.arrayContaining(['prompts/towns.csv', 'prompts/short-texts.jsonl']));
    expect(offered.join(' ')).not.toContain('.prompt.yaml');
    await window.screenshot('setup-data-file');
    await window.quickInput.pick('prompts/towns.csv');
    await expect.poll(plan, { timeout: 20_000 }).toMatch(/2 variants on 30 cases/);
    const shown = await panel.frame.locator('.data-file').innerText();
    expect(shown).toMatch(/towns\.csv[^]*30 cases[^]*Text 1 is about Bern/);
  });

  it('loses the data file again by its button', async () => {
    await panel.frame.getByRole('button', { name: 'Remove the data file' }).click();
    await expect.poll(plan, { timeout: 20_000 }).toMatch(/2 variants on 3 cases/);
  });
});

describe('promoting', () => {
  it('an earlier version puts the file back to what it was, and is undone like any edit', async () => {
    const before = await prompt();
    await run('which-version');
    expect(await panel.heading()).toBe('Before wins');
    await panel.button('Promote…').click();
    await dialog().waitFor();
    expect(await dialog().innerText()).toMatch(
      /Promote “Before” into prompts\/summarise\.prompt\.yaml\?[^]*go back to what they were at HEAD~1 \([0-9a-f]{7}\)/,
    );
    await dialog().getByRole('button', { name: 'Write' }).click();
    await expect.poll(prompt, { timeout: 10_000 }).toContain('You are a helpful assistant');
    // What is not the prompt's own text stays: the comment, the test data, the evaluators.
    expect(await prompt()).toBe(
      before.replace(
        /content: You summarise texts\..*/,
        'content: You are a helpful assistant who summarises texts.',
      ),
    );
    await window.tab('summarise.prompt.yaml').click();
    await window.page.locator('.editor-group-container .monaco-editor').first().click();
    await window.page.keyboard.press('Control+Z');
    await window.page.keyboard.press('Control+S');
    await expect.poll(prompt, { timeout: 10_000 }).toBe(before);
  });

  it('a model and a parameter that a variant says over its file become those of the file', async () => {
    const before = await prompt();
    await run('which-model');
    expect(await panel.heading()).toBe('Bigger wins');
    await panel.button('Promote…').click();
    await dialog().waitFor();
    const words = await dialog().innerText();
    expect(words).toContain('Promote “Bigger” into prompts/summarise.prompt.yaml?');
    expect(words).toContain('The model and the parameters that won become those of the file.');
    expect(words).toMatch(/It brings .*model: qwen3:4b.*temperature: 0\.05/);
    await dialog().getByRole('button', { name: 'Review Changes' }).click();
    await window.tab('with “Bigger”').waitFor();
    await window.screenshot('panel-promote-model');
    await window.page.getByRole('button', { name: 'Accept Promotion' }).first().click();
    await expect.poll(prompt, { timeout: 10_000 }).toContain('qwen3:4b');
    const after = await prompt();
    expect(after).toContain('temperature: 0.05');
    expect(after).toContain('maxTokens: 120');
    // Nothing else has changed.
    const changed = after.split('\n').filter((line) => !before.split('\n').includes(line));
    expect(changed.join('\n')).not.toMatch(/content|expected|uses/);
    await window.page.keyboard.press('Control+1');
    await window.tab('Report: which-model').click();
    await panel.button('Promote…').click();
    await window.notifications.waitFor('says that already: there is nothing to write.');
  });
});
