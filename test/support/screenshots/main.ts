// `npm run screenshots`: takes the pictures of README and docs anew, of the packaged extension in a real VS Code, answered
// by a real model: the Ollama that OLLAMA_HOST names, else the embedded one.
import { cp, readdir } from 'node:fs/promises';
import path from 'node:path';
import { startEditorWithPackage } from '../../e2e/editorWithPackage.ts';
import { PromptlyView } from '../../e2e/pages/promptlyView.ts';
import { SidePanel } from '../../e2e/pages/sidePanel.ts';
import type { Workbench } from '../../e2e/pages/workbench.ts';
import { repositoryRoot } from '../editor/partsFolder.ts';
import { embeddedModelSettings } from '../start/embeddedModel.ts';
import { shrinkPictures } from './shrinkPictures.ts';

const slowMachineMs = 170_000;
const ollamaHost = process.env['OLLAMA_HOST'];
const size = { width: 1280, height: 800 };

async function take(window: Workbench, name: string): Promise<void> {
  const file = path.join(repositoryRoot, 'docs', 'images', `${name}.png`);
  await window.page.screenshot({ path: file });
  console.log(file);
}

/** A prompt run from its lens, beside the Promptly view. */
async function takeRun(window: Workbench, name: string): Promise<void> {
  await window.page.setViewportSize(size);
  const view = new PromptlyView(window.page);
  await view.open();
  await window.openFile('summarise.prompt.yaml');
  await view.toggle('Prompts', 'summarise');
  await view.row('Backends', 'Automatic').waitFor();
  await view.clickInline('Prompts', 'case-1', 'Run Prompt');
  await window.output.waitForText('✓ Done', slowMachineMs);
  await view.row('Recent Runs', 'summarise').waitFor();
  await window.page.mouse.move(size.width / 2, size.height / 2);
  await window.page.waitForTimeout(1_000);
  await take(window, name);
}

/** The A/B test whose report is kept in docs/examples, run to its verdict in the panel. */
async function takeAbTest(window: Workbench, workspace: string, name: string): Promise<void> {
  const example = path.join(repositoryRoot, 'docs', 'examples', 'summaries');
  for (const file of await readdir(example)) {
    if (!file.startsWith('report.'))
      await cp(path.join(example, file), path.join(workspace, 'prompts', file));
  }
  await window.page.setViewportSize(size);
  await window.openFile('do-examples-help.prompt.yaml');
  await window.codeLens('A/B Test…').click();
  const panel = new SidePanel(window.page);
  await panel.frame.locator('pt-button:not([disabled])', { hasText: 'Start' }).click();
  await panel.frame
    .locator('.page-head', { hasText: 'Copy as Markdown' })
    .waitFor({ timeout: 4 * slowMachineMs });
  await window.codeLens('A/B Test…').waitFor();
  // Below the text: nothing there has a hover.
  await window.page.mouse.move(size.width / 2, 0.8 * size.height);
  await window.page.waitForTimeout(1_000);
  await take(window, name);
}

const editor = await startEditorWithPackage(
  ollamaHost === undefined
    ? { settings: await embeddedModelSettings() }
    : { env: { OLLAMA_HOST: ollamaHost } },
);
try {
  await takeRun(await editor.open('light'), 'run');
  await takeAbTest(await editor.open('light'), editor.workspace, 'ab-test');
} finally {
  await editor.stop();
}
await shrinkPictures();
