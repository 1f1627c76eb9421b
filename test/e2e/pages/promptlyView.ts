import type { Locator, Page } from 'playwright-core';

const attemptMs = 2_000;

/** The Promptly view of the activity bar: three trees below each other. */
export class PromptlyView {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async open(): Promise<void> {
    await this.#page.locator('.activitybar .action-item', { has: this.#page.getByLabel('Promptly') }).click();
    await this.pane('Prompts').waitFor();
  }

  pane(title: string): Locator {
    const header = this.#page.locator('.pane-header .title', { hasText: new RegExp(`^${title}$`) });
    return this.#page.locator('.sidebar .pane', { has: header });
  }

  /** A line of a tree. */
  row(pane: string, label: string): Locator {
    const name = this.#page.locator('.label-name', { hasText: new RegExp(`^${label}$`) });
    return this.pane(pane).locator('.monaco-list-row', { has: name }).first();
  }

  /** Opens or closes a line by its arrow: a click beside it opens what it stands for. */
  async toggle(pane: string, label: string): Promise<void> {
    await this.row(pane, label).locator('.monaco-tl-twistie').click();
  }

  /** Every line on show, as a person reads it. */
  async rows(pane: string): Promise<readonly string[]> {
    const lines = await this.pane(pane)
      .locator('.monaco-list-row')
      .evaluateAll((elements) =>
        elements.map((element) =>
          ['.label-name', '.label-description'].map((part) => element.querySelector(part)?.textContent ?? ''),
        ),
      );
    return lines.map((parts) => parts.join(' ').replaceAll(/\s+/g, ' ').trim());
  }

  /** The icon that shows when the pointer is over a line. */
  async clickInline(pane: string, label: string, action: string): Promise<void> {
    const row = this.row(pane, label);
    const icon = row.locator(`.action-label[aria-label^="${action}"]`).first();
    // Lines move when the tree changes, and the pointer is then over another one.
    for (let attempt = 1; ; attempt += 1) {
      try {
        await row.hover({ timeout: attemptMs });
        await icon.click({ timeout: attemptMs });
        return;
      } catch (error) {
        if (attempt === 8) throw error;
        await this.#page.mouse.move(700, 300);
      }
    }
  }

  async chooseFromMenu(pane: string, label: string, entry: string): Promise<void> {
    const entries = await this.#openMenu(pane, label);
    await entries
      .filter({ hasText: new RegExp(`^${entry}`) })
      .first()
      .click();
  }

  async menuEntries(pane: string, label: string): Promise<readonly string[]> {
    const entries = await this.#openMenu(pane, label);
    const texts = (await entries.allInnerTexts()).map((text) => text.trim());
    await this.#page.keyboard.press('Escape');
    await entries.first().waitFor({ state: 'hidden' });
    return texts.filter((text) => text !== '');
  }

  async #openMenu(pane: string, label: string): Promise<Locator> {
    await this.row(pane, label).click({ button: 'right' });
    const entries = this.#page.locator('.monaco-menu .action-menu-item .action-label');
    await entries.first().waitFor();
    // The menu takes no click in its first moments: it could be the end of the one that opened it.
    await this.#page.waitForTimeout(400);
    return entries;
  }
}
