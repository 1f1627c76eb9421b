import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEditorWithPackage, type EditorWithPackage } from './editorWithPackage.ts';
import type { Workbench } from './pages/workbench.ts';

let editor: EditorWithPackage;
let window: Workbench;

beforeAll(async () => {
  editor = await startEditorWithPackage();
  window = await editor.open();
});

afterAll(async () => {
  await editor.stop();
});

describe('the installed package', () => {
  it('shows among the extensions', async () => {
    await window.quickInput.runCommand('Extensions: Show Installed Extensions');
    await window.page.locator('.extension-list-item', { hasText: 'Promptly' }).first().waitFor();
  });

  it('lets a prompt of the sample workspace be read', async () => {
    await window.openFile('summarise.prompt.yaml');
    await expect.poll(() => window.editorText()).toContain('name: summarise');
  });
});
