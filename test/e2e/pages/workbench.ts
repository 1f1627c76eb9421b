import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { artifactsFolder } from '../../support/results/suiteResult.ts';
import { Notifications } from './notifications.ts';
import { OutputPanel } from './outputPanel.ts';
import { QuickInput } from './quickInput.ts';
import { readViewLines } from './viewLines.ts';

/** The whole editor window, as a person sees it. */
export class Workbench {
  readonly page: Page;
  readonly quickInput: QuickInput;
  readonly output: OutputPanel;
  readonly notifications: Notifications;

  private constructor(page: Page) {
    this.page = page;
    this.quickInput = new QuickInput(page);
    this.output = new OutputPanel(page);
    this.notifications = new Notifications(page);
  }

  /** Opens a window of its own and waits until it can be used. */
  static async open(
    browser: Browser,
    url: string,
    colorScheme: 'light' | 'dark' = 'light',
  ): Promise<Workbench> {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 }, colorScheme });
    page.setDefaultTimeout(30_000);
    await page.goto(url);
    await page.locator('.monaco-workbench .statusbar-item').first().waitFor({ timeout: 90_000 });
    // The chat view takes a third of the window, and is not what these journeys are about.
    await page
      .locator('.part.auxiliarybar')
      .waitFor({ state: 'visible', timeout: 5_000 })
      .catch(() => undefined);
    const workbench = new Workbench(page);
    if (await page.locator('.part.auxiliarybar').isVisible()) await page.keyboard.press('Control+Alt+B');
    return workbench;
  }

  /** CodeLenses of the editors on show, by a part of their title. */
  codeLens(title: string | RegExp): Locator {
    return this.page.locator('.codelens-decoration a', { hasText: title });
  }

  statusBarItem(text: string | RegExp): Locator {
    return this.page.locator('.statusbar-item', { hasText: text });
  }

  tab(name: string): Locator {
    return this.page.locator('.tab', { hasText: name });
  }

  /** What the text editor in front shows. */
  async editorText(): Promise<string> {
    return readViewLines(this.page.locator('.editor-group-container.active .monaco-editor').first());
  }

  async openFile(name: string): Promise<void> {
    await this.quickInput.openFile(name);
    await this.tab(name).waitFor();
  }

  /** Keeps a picture below artifacts/screenshots, taken when what slides or fades in is there; returns its path. */
  async screenshot(name: string): Promise<string> {
    await this.page.waitForTimeout(300);
    const folder = path.join(artifactsFolder, 'screenshots');
    mkdirSync(folder, { recursive: true });
    const file = path.join(folder, `${name}.png`);
    await this.page.screenshot({ path: file });
    return file;
  }

  async close(): Promise<void> {
    await this.page.close();
  }
}
