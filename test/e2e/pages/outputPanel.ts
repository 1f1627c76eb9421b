import type { Locator, Page } from 'playwright-core';
import { readViewLines } from './viewLines.ts';

/** The output view of the panel. */
export class OutputPanel {
  readonly view: Locator;
  readonly #channel: Locator;

  constructor(page: Page) {
    this.view = page.locator('.output-view');
    this.#channel = page.locator('.part.panel select').first();
  }

  async text(): Promise<string> {
    return readViewLines(this.view);
  }

  /** The name of the channel on show. */
  async channel(): Promise<string> {
    return this.#channel.evaluate((select) => (select as HTMLSelectElement).selectedOptions[0]?.label ?? '');
  }

  /** Waits for a text in what is on show. */
  async waitForText(text: string | RegExp, timeoutMs = 30_000): Promise<string> {
    const until = Date.now() + timeoutMs;
    let seen = '';
    while (Date.now() < until) {
      seen = await this.text();
      if (typeof text === 'string' ? seen.includes(text) : text.test(seen)) return seen;
      await this.view.page().waitForTimeout(100);
    }
    throw new Error(`The output does not show ${String(text)}. It shows:\n${seen}`);
  }
}
