import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEditorWithPackage, type EditorWithPackage } from '../e2e/editorWithPackage.ts';
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

it('a real model’s answer streams into the output of a real VS Code with the packaged extension', async () => {
  const window = await editor.open();
  await window.openFile('summarise.prompt.yaml');
  await window
    .codeLens(/^\s*Run\s*$/)
    .first()
    .click();
  await window.quickInput.answer(
    'The old mill closes on Friday, because the river no longer turns its wheel.',
  );
  await window.output.waitForText(ollamaHost === undefined ? 'Embedded model' : 'Ollama');
  const whole = await window.output.waitForText('✓ Done', slowMachineMs);
  expect(whole).toMatch(/first text [\d.]+ m?s/);
  expect(whole).toMatch(/tokens [1-9]\d* in, [1-9]\d* out/);
  await window.screenshot('run-real-model');
});
