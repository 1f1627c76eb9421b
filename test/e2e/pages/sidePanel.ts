import type { FrameLocator, Locator, Page } from 'playwright-core';

/** The A/B side panel: a page in a frame in a frame. */
export class SidePanel {
  readonly frame: FrameLocator;

  constructor(page: Page) {
    this.frame = page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  /** One that can be pressed now. */
  button(label: string | RegExp): Locator {
    return this.frame.locator('pt-button:not([disabled])', { hasText: label }).first();
  }

  async heading(): Promise<string> {
    return (await this.frame.locator('#verdict-heading').innerText()).trim();
  }

  async openCase(id: string): Promise<void> {
    await this.frame.locator('.cases button', { hasText: id }).first().click();
    await this.frame.locator('article.output').first().waitFor();
  }
}
