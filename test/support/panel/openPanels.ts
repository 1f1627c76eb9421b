import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { launchBrowser } from '../editor/launchBrowser.ts';
import { PanelPage, servePanel, type PanelOptions } from './panelPage.ts';

const pictures = path.join(import.meta.dirname, '..', '..', '..', 'artifacts', 'webview');

export interface Panels {
  open(options?: PanelOptions): Promise<PanelPage>;
  /** Keeps a picture of the whole page as an artefact. */
  picture(panel: PanelPage, name: string): Promise<void>;
}

/** Panels for the tests of a file. After each test: no script error, and nothing that the policy had to stop. */
export function usePanels(): Panels {
  let browser: Browser;
  let site: Awaited<ReturnType<typeof servePanel>>;
  let opened: PanelPage[] = [];

  beforeAll(async () => {
    [site, browser] = await Promise.all([servePanel(), launchBrowser()]);
    await mkdir(pictures, { recursive: true });
  });
  afterEach(async () => {
    const panels = opened;
    opened = [];
    for (const panel of panels) {
      const violations = await panel.violations();
      await panel.page.close();
      expect(violations).toEqual([]);
      expect(panel.failures).toEqual([]);
    }
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
  });

  return {
    open: async (options) => {
      const panel = await PanelPage.open(browser, site.url, options);
      opened.push(panel);
      return panel;
    },
    picture: async (panel, name) => {
      await panel.page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: true });
    },
  };
}
