import type { Locator, Page } from 'playwright-core';

/** The messages at the lower right. */
export class Notifications {
  readonly toasts: Locator;

  constructor(page: Page) {
    this.toasts = page.locator('.notifications-toasts .notification-toast');
  }

  toast(text: string | RegExp): Locator {
    return this.toasts.filter({ hasText: text }).first();
  }

  /** Waits for a message with this text and returns its words. */
  async waitFor(text: string | RegExp): Promise<string> {
    const toast = this.toast(text);
    await toast.waitFor({ state: 'visible' });
    return toast.locator('.notification-list-item-message').innerText();
  }

  async press(text: string | RegExp, button: string): Promise<void> {
    await this.toast(text).getByRole('button', { name: button }).click();
  }
}
