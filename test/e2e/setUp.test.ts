import { readFile, writeFile } from 'node:fs/promises';
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
  service = await startFaultServer();
  service.setAnswer(() => 'The library is closed from Monday to Wednesday.');
  editor = await startEditorWithPackage({
    env: { OLLAMA_HOST: service.url },
    settings: { 'promptly.retries': 0, 'promptly.defaultBackend': 'ollama', 'files.autoSave': 'off' },
  });
  window = await editor.open();
  panel = new SidePanel(window.page);
});

afterAll(async () => {
  await editor.stop();
  await service.close();
});

const button = (name: string | RegExp) => panel.frame.getByRole('button', { name });
const field = (name: string | RegExp) => panel.frame.getByRole('textbox', { name });
const plan = () => panel.frame.locator('#plan-heading').innerText();
const file = () => path.join(editor.workspace, 'prompts', 'summarise-ab-test.prompt.yaml');
const save = async (): Promise<void> => {
  await window.quickInput.runCommand('File: Save All Files');
};

describe('a test is set up in the form', () => {
  it('is opened from the lens of a prompt, and says what is missing', async () => {
    await window.openFile('summarise.prompt.yaml');
    await window.codeLens('A/B Test…').click();
    await panel.frame.locator('#variants-heading').waitFor();
    await expect.poll(plan).toContain('It cannot start yet');
    expect(await panel.frame.locator('form').innerText()).toContain('Now add what to compare it with');
    expect(await field('Name').inputValue()).toBe('summarise-ab-test');
    await window.screenshot('setup-lens');
  });

  it('takes an earlier version from the history of the file', async () => {
    await button('Add Earlier Version…').click();
    await window.quickInput.waitUntilOpen();
    await expect.poll(() => window.quickInput.labels()).toHaveLength(3);
    const [latest = ''] = await window.quickInput.labels();
    expect(latest).toMatch(/Ask for one short sentence.*\d{4}.*Promptly sample/);
    await window.screenshot('setup-history');
    await window.quickInput.pick('Add the prompts');
    await expect.poll(() => panel.frame.locator('.variant').count()).toBe(2);
    await field('Label of variant 2').fill('as it was');
    await expect.poll(plan, { timeout: 20_000 }).toMatch(/2 variants on \d+ cases/);
  });

  it('takes cases that are pasted, and counts again', async () => {
    await button('Paste from Spreadsheet…').click();
    await field('Cells from a spreadsheet').fill(
      'text\texpected\nThe library is closed.\tIt is closed.\n"Two\nlines"\tBoth.\nA third\tThree.\n',
    );
    await button('Add 3 Cases').click();
    await expect.poll(plan, { timeout: 20_000 }).toMatch(/2 variants on 3 cases/);
    const estimate = panel.frame.locator('.estimate');
    await expect.poll(() => estimate.innerText()).toMatch(/Calls\s+6/);
    await window.screenshot('setup-pasted');
  });

  it('is there again after the window was reloaded, though it is in no file', async () => {
    // What is open is written down every few seconds, and a reload by the browser does not wait for it.
    await window.page.waitForTimeout(8_000);
    await window.page.reload();
    await expect.poll(() => plan().catch(() => ''), { timeout: 90_000 }).toMatch(/2 variants on 3 cases/);
    expect(await field('Label of variant 2').inputValue()).toBe('as it was');
  });

  it('says what is wrong with a field while one types, and when it is mended', async () => {
    await field('Confidence a winner needs').fill('2');
    await expect.poll(plan, { timeout: 20_000 }).toContain('1 problem');
    expect(await panel.frame.locator('.field-problem').innerText()).toContain('0.5 to 0.9999');
    expect(await button('Start the A/B test').getAttribute('disabled')).not.toBeNull();
    await field(/Confidence a winner needs/).fill('0.9');
    await expect.poll(plan, { timeout: 20_000 }).toMatch(/2 variants on 3 cases/);
  });

  it('is saved as a file, which the form edits from then on', async () => {
    await button('Save as A/B Test File…').click();
    await window.quickInput.waitUntilOpen();
    // The name of the test, beside the prompt, is offered.
    await expect.poll(() => window.quickInput.input.inputValue()).toBe(file());
    await window.page.waitForTimeout(1_000);
    await window.page.keyboard.press('Enter');
    await window.quickInput.waitUntilClosed();
    await expect
      .poll(() => panel.frame.locator('.page-head').innerText())
      .toContain('summarise-ab-test.prompt.yaml');
    const text = await readFile(file(), 'utf8');
    expect(text).toMatch(/^kind: abtest\n/);
    expect(text).toContain('label: as it was');
    expect(text).toContain('confidence: 0.9');
    await window.tab('summarise-ab-test.prompt.yaml').waitFor();
  });

  it('follows its file', async () => {
    const text = await readFile(file(), 'utf8');
    await writeFile(
      file(),
      `# Which wording is better?\n${text.replace('confidence: 0.9', 'confidence: 0.8 # enough for us')}`,
    );
    await expect.poll(() => field('Confidence a winner needs').inputValue(), { timeout: 20_000 }).toBe('0.8');
  });

  it('writes into its file, and leaves the comments there', async () => {
    await field('Smallest difference worth having').fill('0.1');
    await field('Label of variant 1').fill('as it is');
    await expect.poll(plan, { timeout: 20_000 }).toMatch(/2 variants on 3 cases/);
    await panel.frame.locator('.grid [tabindex="0"]').click();
    await window.page.keyboard.press('Control+Home');
    await window.page.keyboard.type('The library is closed today.');
    await window.page.keyboard.press('Enter');
    await expect.poll(() => panel.frame.locator('.grid').innerText()).toContain('closed today');
    await window.page.waitForTimeout(1_500);
    await window.tab('summarise-ab-test.prompt.yaml').click();
    await save();
    await expect
      .poll(() => readFile(file(), 'utf8'), { timeout: 20_000 })
      .toMatch(/# Which wording is better\?[^]*minEffect: 0\.1/);
    const text = await readFile(file(), 'utf8');
    expect(text).toContain('confidence: 0.8 # enough for us');
    expect(text).toContain('label: as it is');
    expect(text).toContain('The library is closed today.');
    await window.screenshot('setup-two-ways');
  });

  it('cannot be edited while its file is broken, and says where', async () => {
    const text = await readFile(file(), 'utf8');
    await writeFile(file(), text.replace('confidence: 0.8', 'confidence: "0.8'));
    const alert = panel.frame.getByRole('alert');
    await expect
      .poll(() => alert.innerText(), { timeout: 20_000 })
      .toMatch(/Line \d+ of the file: This quote/);
    expect(await field('Name').isDisabled()).toBe(true);
    await window.screenshot('setup-broken');
    await writeFile(file(), text);
    await alert.waitFor({ state: 'detached' });
    expect(await field('Name').isDisabled()).toBe(false);
  });

  it('runs what it shows, to a verdict, and is found again from there', async () => {
    await expect.poll(plan, { timeout: 20_000 }).toMatch(/2 variants on 3 cases/);
    await button('Start the A/B test').click();
    await panel.frame.locator('#cases-heading').waitFor({ timeout: 60_000 });
    await expect.poll(() => panel.heading(), { timeout: 60_000 }).not.toBe('');
    expect(await panel.frame.locator('main').innerText()).toContain('as it was');
    await button('Back to the set-up of this test').click();
    await expect.poll(() => field('Label of variant 2').inputValue()).toBe('as it was');
  });
});
