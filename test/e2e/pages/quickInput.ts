import type { Locator, Page } from 'playwright-core';

/** The editor closes the box when something else takes the focus, so a try is short and there are several. */
const attemptMs = 7_000;

/** The box at the top of the editor: palette, pickers and questions. */
export class QuickInput {
  readonly widget: Locator;
  readonly input: Locator;
  readonly title: Locator;
  readonly items: Locator;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.widget = page.locator('.quick-input-widget');
    this.input = this.widget.locator('.quick-input-box input');
    this.title = this.widget.locator('.quick-input-title');
    this.items = this.widget.locator('.quick-input-list .monaco-list-row');
  }

  async waitUntilOpen(): Promise<void> {
    await this.input.waitFor({ state: 'visible' });
  }

  async waitUntilClosed(): Promise<void> {
    await this.widget.waitFor({ state: 'hidden' });
  }

  /** The items on show, each as one line of text. */
  async labels(): Promise<readonly string[]> {
    const texts = await this.items.allInnerTexts();
    return texts.map((text) => text.replaceAll(/\s+/g, ' ').trim());
  }

  async pick(label: string): Promise<void> {
    await this.items.filter({ hasText: label }).first().click();
  }

  /** To the question before. */
  async back(): Promise<void> {
    await this.widget.getByRole('button', { name: 'Back' }).click();
  }

  /** Types a text over what stands there, and accepts it. */
  async answer(text: string): Promise<void> {
    await this.waitUntilOpen();
    await this.input.fill(text);
    await this.#page.keyboard.press('Enter');
  }

  /** Types into the box that `keys` open, and picks the item; again, where the editor closed the box meanwhile. */
  async #openAndPick(keys: string, text: string, label: string): Promise<void> {
    const item = this.items.filter({ hasText: label }).first();
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.#page.keyboard.press(keys);
        await this.input.waitFor({ state: 'visible', timeout: attemptMs });
        await this.input.fill(text, { timeout: attemptMs });
        await item.click({ timeout: attemptMs });
        return;
      } catch (error) {
        if (attempt === 4) throw error;
        await this.#page.keyboard.press('Escape');
      }
    }
  }

  async runCommand(title: string): Promise<void> {
    await this.#openAndPick('F1', `>${title}`, title);
  }

  /** Runs a command that offers a list, and picks from it; again, where the editor closed the list meanwhile. */
  async runCommandAndPick(title: string, label: string): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      await this.runCommand(title);
      try {
        await this.items.filter({ hasText: label }).first().click({ timeout: attemptMs });
        return;
      } catch (error) {
        if (attempt === 4) throw error;
        await this.#page.keyboard.press('Escape');
      }
    }
  }

  async openFile(name: string): Promise<void> {
    await this.#openAndPick('Control+P', name, name);
  }
}
