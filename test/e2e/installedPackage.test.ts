import { readdir } from 'node:fs/promises';
import type { Frame, Locator } from 'playwright-core';
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

/** The page whose heading says so; webviews are frames inside frames. */
async function frameWith(heading: string): Promise<Frame> {
  const find = async (): Promise<Frame | undefined> => {
    for (const frame of window.page.frames()) {
      const found = await frame
        .locator('h1, h2')
        .getByText(heading, { exact: true })
        .count()
        .catch(() => 0);
      if (found > 0) return frame;
    }
    return undefined;
  };
  let frame: Frame | undefined;
  await expect.poll(async () => (frame = await find()) !== undefined, { timeout: 30_000 }).toBe(true);
  if (frame === undefined) throw new Error(`No page says ${heading}`);
  return frame;
}

describe('the installed package', () => {
  it('shows among the extensions', async () => {
    await window.quickInput.runCommand('Extensions: Show Installed Extensions');
    await window.page.locator('.extension-list-item', { hasText: 'Promptly' }).first().waitFor();
  });

  it('has a page without empty pictures and without links that go nowhere', async () => {
    await window.page.locator('.extension-list-item', { hasText: 'Promptly' }).first().click();
    const page = await frameWith('Two minutes');
    expect(await page.locator('img').count()).toBe(0);
    const links = await page
      .locator('a:not(#scroll-to-top)')
      .evaluateAll((all) => all.map((link) => `${link.textContent} → ${link.getAttribute('href')}`));
    expect(links.filter((link) => !link.includes('→ https://'))).toEqual([]);
    expect(links.length).toBeGreaterThan(0);
  });

  it('opens its documentation, page by page, with pictures', async () => {
    await window.quickInput.runCommand('Promptly: Open Documentation');
    await (await frameWith('Promptly: documentation')).locator('a', { hasText: 'The side panel' }).click();
    const pictures = (await frameWith('The side panel')).locator('img');
    await pictures.first().waitFor();
    const widths = () =>
      pictures.evaluateAll((all) => all.map((image) => (image as HTMLImageElement).naturalWidth));
    await expect.poll(widths, { timeout: 20_000 }).toEqual([1050, 1050]);
  });

  it('exports a folder from its menu in the explorer, which other folders do not have', async () => {
    const { page, quickInput, notifications } = window;
    await quickInput.runCommand('View: Show Explorer');
    const menuOf = async (folder: string): Promise<Locator> => {
      const row = page.locator('.explorer-folders-view .monaco-list-row', { hasText: folder });
      await row.first().click({ button: 'right' });
      const menu = page.locator('.monaco-menu');
      await menu.getByText('Copy Path', { exact: true }).waitFor();
      return menu;
    };
    const others = await menuOf('notes');
    expect(await others.getByText('Export Prompts…').count()).toBe(0);
    await page.keyboard.press('Escape');
    // A menu that has just opened takes no clicks; it takes keys.
    await (await menuOf('prompts')).getByText('Export Prompts…').hover();
    await page.keyboard.press('Enter');
    await quickInput.waitUntilOpen();
    await expect.poll(() => quickInput.input.inputValue()).toContain('prompts.promptly.zip');
    await page.keyboard.press('Enter');
    await notifications.waitFor('files are in prompts.promptly.zip');
    expect(await readdir(editor.workspace)).toContain('prompts.promptly.zip');
  });

  it('lets a prompt of the sample workspace be read', async () => {
    await window.openFile('summarise.prompt.yaml');
    await expect.poll(() => window.editorText()).toContain('name: summarise');
  });
});
