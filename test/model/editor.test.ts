import { cp } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEditorWithPackage, type EditorWithPackage } from '../e2e/editorWithPackage.ts';
import { SidePanel } from '../e2e/pages/sidePanel.ts';
import { writeThreeSkillChain } from '../support/model/threeSkillChain.ts';
import { embeddedModelSettings } from '../support/start/embeddedModel.ts';

const slowMachineMs = 170_000;
const ollamaHost = process.env['OLLAMA_HOST'];

let editor: EditorWithPackage;

beforeAll(async () => {
  // As `npm start` does it: an Ollama where one is named, else the embedded model.
  editor = await startEditorWithPackage(
    ollamaHost === undefined
      ? { settings: await embeddedModelSettings() }
      : { env: { OLLAMA_HOST: ollamaHost } },
  );
});

afterAll(() => editor.stop());

const runLens = /^\s*Run\s*$/;

it('a real model’s answer streams into the output of a real VS Code with the packaged extension', async () => {
  const window = await editor.open();
  await window.openFile('summarise.prompt.yaml');
  await window.codeLens(runLens).first().click();
  await window.quickInput.answer(
    'The old mill closes on Friday, because the river no longer turns its wheel.',
  );
  await window.output.waitForText(ollamaHost === undefined ? 'Embedded model' : 'Ollama');
  const whole = await window.output.waitForText('✓ Done', slowMachineMs);
  expect(whole).toMatch(/first text [\d.]+ m?s/);
  expect(whole).toMatch(/tokens [1-9]\d* in, [1-9]\d* out/);
  await window.screenshot('run-real-model');
});

it('a chain of three skills shows what each step was given and what it said', async () => {
  await writeThreeSkillChain(editor.workspace);
  const window = await editor.open();
  await window.openFile('three.prompt.yaml');
  await window.codeLens(runLens).first().click();
  await window.quickInput.answer('What is the capital of France?');
  const whole = await window.output.waitForText('✓ Chain done: 3 steps', slowMachineMs);
  await window.screenshot('chain-real-model');
  // The view keeps the lines on show: the last step, given what the one before said.
  expect(whole).toMatch(/Step 3: shout[^]*Input:[^]*│ .*Paris/);
});

it('an A/B test of two prompts on ten cases comes to its verdict in the panel', async () => {
  // The test whose report is kept in docs/examples.
  const example = path.resolve('docs/examples/summaries');
  await cp(example, path.join(editor.workspace, 'summaries'), { recursive: true });
  const window = await editor.open();
  await window.openFile('do-examples-help.prompt.yaml');
  await window.codeLens('A/B Test…').click();
  const panel = new SidePanel(window.page);
  await panel.frame.locator('pt-button:not([disabled])', { hasText: 'Start' }).click();
  const head = panel.frame.locator('.page-head', { hasText: 'Copy as Markdown' });
  await head.waitFor({ timeout: slowMachineMs });
  expect(await panel.heading()).not.toBe('');
  expect(await panel.frame.locator('main').innerText()).toContain('10 cases');
  await window.screenshot('ab-real-model');
}, 300_000);
