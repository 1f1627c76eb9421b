import { createServer, type Server } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { panelHtml } from '../../../src/hosts/vscode/panel/panelHtml.ts';
import type { HostMessage } from '../../../src/protocol/hostMessage.ts';
import type { WebviewMessage } from '../../../src/protocol/webviewMessage.ts';
import { themes, type Theme } from './themes.ts';

const bundle = path.join(import.meta.dirname, '..', '..', '..', 'dist', 'webview', 'abTestPanel.js');
const nonce = 'dGVzdC1ub25jZQ';

/** Serves the panel's real page with its real policy, as the editor would. */
export async function servePanel(): Promise<{ url: string; close: () => Promise<void> }> {
  const script = await readFile(bundle, 'utf8');
  const server: Server = createServer((request, response) => {
    if (request.url === '/abTestPanel.js') {
      response.setHeader('content-type', 'text/javascript').end(script);
    } else if (request.url === '/') {
      const { port } = server.address() as AddressInfo;
      const origin = `http://127.0.0.1:${port}`;
      const page = { scriptUri: `${origin}/abTestPanel.js`, cspSource: origin, nonce, title: 'Promptly' };
      response.setHeader('content-type', 'text/html').end(panelHtml(page));
    } else {
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export interface PanelOptions {
  readonly theme?: Theme;
  /** What the editor kept of an earlier panel. */
  readonly kept?: unknown;
  readonly width?: number;
}

/** The panel's page in a real browser, with a stand-in for the editor's side. */
export class PanelPage {
  readonly page: Page;
  readonly failures: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) => this.failures.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') this.failures.push(message.text());
    });
  }

  static async open(browser: Browser, url: string, options: PanelOptions = {}): Promise<PanelPage> {
    const { theme = 'vscode-light', kept = null, width = 1000 } = options;
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    const panel = new PanelPage(page);
    // Some loaders of TypeScript put a helper of this name into functions; those sent to the page must find it there.
    await page.addInitScript('globalThis.__name = (one) => one;');
    await page.addInitScript(prepare, { variables: themes[theme], theme, kept });
    await page.goto(url);
    await page.waitForFunction(() => window.sent.length > 0);
    return panel;
  }

  async post(message: HostMessage): Promise<void> {
    const data: unknown = message;
    await this.page.evaluate((each) => {
      window.postMessage(each);
    }, data);
  }

  sent(): Promise<readonly WebviewMessage[]> {
    return this.page.evaluate(() => window.sent);
  }

  kept(): Promise<unknown> {
    return this.page.evaluate(() => window.kept);
  }

  /** Directives that were violated, and what would have been loaded. */
  violations(): Promise<readonly string[]> {
    return this.page.evaluate(() => window.violations);
  }
}

declare global {
  interface Window {
    sent: WebviewMessage[];
    kept: unknown;
    violations: string[];
  }
}

/** Runs in the page, before its own script. */
function prepare(given: { variables: Readonly<Record<string, string>>; theme: string; kept: unknown }): void {
  window.sent = [];
  window.kept = given.kept;
  window.violations = [];
  document.addEventListener('securitypolicyviolation', (event) => {
    window.violations.push(`${event.violatedDirective} ${event.blockedURI}`);
  });
  const dress = (): void => {
    for (const [name, value] of Object.entries(given.variables)) {
      document.documentElement.style.setProperty(name, value);
    }
    document.documentElement.style.setProperty('--vscode-font-family', 'sans-serif');
    document.documentElement.style.setProperty('--vscode-font-size', '13px');
    document.body.className = given.theme;
    document.body.dataset['vscodeThemeKind'] = given.theme;
  };
  // The page's script stands in its body and reads the theme when it runs.
  new MutationObserver((_, observer) => {
    if (document.querySelector('body') === null) return;
    observer.disconnect();
    dress();
  }).observe(document, { childList: true, subtree: true });
  Object.assign(window, {
    acquireVsCodeApi: () => ({
      postMessage: (message: WebviewMessage) => window.sent.push(structuredClone(message)),
      getState: () => window.kept,
      setState: (state: unknown) => {
        window.kept = structuredClone(state);
      },
    }),
  });
}
