import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { SidePanel } from '../e2e/pages/sidePanel.ts';
import { Workbench } from '../e2e/pages/workbench.ts';
import { closedEnvironment } from '../integration/launches.ts';
import { launchBrowser } from '../support/editor/launchBrowser.ts';
import { startServer } from '../support/editor/startServer.ts';
import { workbenchUrl } from '../support/editor/workbenchUrl.ts';
import { startFaultServer } from '../support/faultServer/startFaultServer.ts';
import { vsixFile } from '../support/packaging/vsixFile.ts';
import { spread } from './panelSpread.ts';

const liveCases = 1_500;
const prompt = (name: string): string =>
  `name: ${name}\nbackend: ollama\nmodel: llama3.2:3b\nmessages: [{role: user, content: "${name} {{text}}"}]\n`;

async function liveWorkspace(): Promise<string> {
  const folder = await realpath(await mkdtemp(path.join(os.tmpdir(), 'promptly-bench-')));
  const rows = Array.from({ length: liveCases }, (_, at) => `case ${at}`).join('\n');
  const files = {
    'a.prompt.yaml': prompt('a'),
    'b.prompt.yaml': prompt('b'),
    'cases.csv': `text\n${rows}\n`,
    'notes.txt': '',
    'live.prompt.yaml':
      'kind: abtest\nname: live\nvariants: [a, b]\ntestDataFile: ./cases.csv\nrepetitions: 1\nconcurrency: 12\nevaluators: [{name: good, string: {contains: good}}]\n',
  };
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
  return folder;
}

/** Times between the window's frames, and from a key press to the frame after it, while somebody types. */
async function typing(page: Page, keys: number): Promise<{ frames: number[]; presses: number[] }> {
  await page.evaluate('globalThis.__name = (one) => one;');
  await page.evaluate(() => {
    const kept = { frames: [] as number[], presses: [] as number[] };
    Object.assign(globalThis, { promptlyBench: kept });
    let before = performance.now();
    const tick = (now: number): void => {
      kept.frames.push(now - before);
      before = now;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (entry.name === 'keydown') kept.presses.push(entry.duration);
      // Shorter ones than 16 ms are not told.
    }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
  });
  for (let count = 0; count < keys; count += 1)
    await page.keyboard.press('abcde fghij'.charAt(count % 11), { delay: 60 });
  const kept = await page.evaluate(
    () => (globalThis as unknown as { promptlyBench: { frames: number[]; presses: number[] } }).promptlyBench,
  );
  const short = Math.max(0, keys - kept.presses.length);
  return { frames: kept.frames, presses: [...kept.presses, ...new Array<number>(short).fill(16)] };
}

async function live(browser: Browser): Promise<Record<string, string>> {
  const service = await startFaultServer({
    latencyMs: 90,
    answer: ({ body }) => (JSON.stringify(body).length % 3 === 0 ? 'good' : 'bad'),
  });
  const folder = await liveWorkspace();
  const server = await startServer({
    vsixFiles: [vsixFile()],
    settings: {
      'workbench.startupEditor': 'none',
      'promptly.cache.enabled': false,
      'promptly.concurrency': 12,
    },
    env: { ...closedEnvironment, OLLAMA_HOST: service.url },
  });
  try {
    const window = await Workbench.open(browser, workbenchUrl(server.authority, { workspace: folder }));
    const panel = new SidePanel(window.page);
    await window.openFile('live.prompt.yaml');
    await window.codeLens('A/B Test…').click();
    await panel.frame.locator('pt-button:not([disabled])', { hasText: 'Start' }).waitFor();
    // Beside the panel, which stays in sight.
    await window.page.keyboard.press('Control+1');
    await window.openFile('notes.txt');
    await window.page.locator('.editor-group-container .monaco-editor').first().click();
    const idle = await typing(window.page, 60);
    await panel.frame.locator('pt-button:not([disabled])', { hasText: 'Start' }).click();
    await panel.frame.locator('#progress-heading').waitFor();
    await window.tab('notes.txt').click();
    await window.page.locator('.editor-group-container .monaco-editor').first().click();
    const [callsBefore, began] = [service.calls().length, performance.now()];
    const busy = await typing(window.page, 150);
    const perSecond = (1000 * (service.calls().length - callsBefore)) / (performance.now() - began);
    return {
      'live run: results a second while measured': perSecond.toFixed(0),
      'key to frame, before the run': spread(idle.presses),
      'key to frame, during the run': spread(busy.presses),
      'frame of the window, before the run': spread(idle.frames),
      'frame of the window, during the run': spread(busy.frames),
    };
  } finally {
    await server.stop();
    await service.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/** A fast run in the side panel, beside somebody who types. */
export async function bench(): Promise<Record<string, string>> {
  const browser = await launchBrowser();
  try {
    return await live(browser);
  } finally {
    await browser.close();
  }
}
