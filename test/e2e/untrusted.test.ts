import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { startFaultServer, type FaultServer } from '../support/faultServer/startFaultServer.ts';
import { startEditorWithPackage, type EditorWithPackage } from './editorWithPackage.ts';
import type { Workbench } from './pages/workbench.ts';

let service: FaultServer;
let editor: EditorWithPackage;
let window: Workbench;

beforeAll(async () => {
  service = await startFaultServer();
  editor = await startEditorWithPackage({ env: { OLLAMA_HOST: service.url }, workspaceTrust: true });
  window = await editor.open();
});

afterAll(async () => {
  await editor.stop();
  await service.close();
});

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await window.screenshot(`failed-${task.name.replaceAll(/\W+/g, '-')}`);
});

it('in a workspace that is not trusted nothing runs, until it is trusted by the button that is offered', async () => {
  const no = window.page.getByRole('button', { name: /^No, /i });
  // The editor may start restricted without asking.
  await no.click({ timeout: 15_000 }).catch(() => undefined);
  await window.openFile('summarise.prompt.yaml');
  const run = window.codeLens(/^\s*Run\s*$/).first();
  await run.click();
  await window.notifications.waitFor('Prompts do not run in a workspace that is not trusted.');
  expect(service.calls()).toHaveLength(0);
  await window.screenshot('untrusted');
  await window.notifications.press('not trusted', 'Manage Workspace Trust');
  const trust = window.page.locator('.workspace-trust-editor').getByRole('button', { name: /^Trust$/ });
  await trust.first().click();
  await window.page.getByText('You trust this folder').waitFor();
  // Newer editors show the page over everything else, and it has lost the focus with its button.
  const over = window.page.locator('.monaco-modal-editor-block');
  if (await over.isVisible())
    await over
      .getByRole('button', { name: /^Close/ })
      .first()
      .click();
  await window.tab('summarise.prompt.yaml').click();
  await run.click();
  await window.quickInput.answer('The mill closes on Friday.');
  await window.output.waitForText('✓ Done');
  expect(service.calls()).toHaveLength(1);
});
