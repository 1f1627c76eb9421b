import type { Locator, Page } from 'playwright-core';

/** The files of the workspace. */
export class Explorer {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async open(): Promise<void> {
    await this.#page.keyboard.press('Control+Shift+E');
    await this.#page.locator('.explorer-folders-view').waitFor();
  }

  row(name: string): Locator {
    const label = this.#page.locator('.label-name', {
      hasText: new RegExp(`^${name.replaceAll('.', '\\.')}$`),
    });
    return this.#page.locator('.explorer-folders-view .monaco-list-row', { has: label }).first();
  }

  /** Opens a folder that is closed. */
  async expand(name: string): Promise<void> {
    const row = this.row(name);
    await row.waitFor();
    if ((await row.getAttribute('aria-expanded')) === 'false') await row.click();
  }

  /** The first by a click, the others with Ctrl. With `explorer.autoReveal` what the click opens may undo the rest. */
  async select(...names: readonly string[]): Promise<void> {
    for (const [at, name] of names.entries())
      await this.row(name).click(at === 0 ? {} : { modifiers: ['ControlOrMeta'] });
    for (const name of names)
      await this.row(name).and(this.#page.locator('[aria-selected="true"]')).waitFor();
  }

  async chooseFromMenu(name: string, entry: string): Promise<void> {
    await this.row(name).click({ button: 'right' });
    const item = this.#page
      .locator('.monaco-menu .action-menu-item .action-label', { hasText: entry })
      .first();
    await item.waitFor();
    // The menu takes no click in its first moments: it could be the end of the one that opened it.
    await this.#page.waitForTimeout(400);
    await item.click();
  }
}
