import type { Browser } from 'playwright-core';
import { toPanelReport } from '../../src/hosts/vscode/panel/toPanelReport.ts';
import { launchBrowser } from '../support/editor/launchBrowser.ts';
import { PanelPage, servePanel } from '../support/panel/panelPage.ts';
import { sampleReport } from '../support/panel/sampleReport.ts';
import { spread } from './panelSpread.ts';

/** From the message's arrival in the page to the frame that shows it. */
async function openingMs(panel: PanelPage, message: unknown): Promise<number> {
  return panel.page.evaluate(async (data) => {
    const began = performance.now();
    window.postMessage(data);
    const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
    while (document.querySelector('#cases-heading') === null) await frame();
    // The frame after the one that drew it: that one has been laid out and painted.
    await frame();
    return performance.now() - began;
  }, message);
}

/** Times between frames while the table is scrolled at the speed of a fast wheel. */
async function scrollFrames(panel: PanelPage): Promise<readonly number[]> {
  return panel.page.evaluate(async () => {
    const box = document.querySelector('.case-scroll');
    if (box === null) throw new Error('no table');
    box.scrollIntoView();
    const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
    const frames: number[] = [];
    let before = await frame();
    for (let count = 0; count < 200; count += 1) {
      box.scrollTop += 270;
      const now = await frame();
      frames.push(now - before);
      before = now;
    }
    return frames;
  });
}

/** From a click on a filter, or a key in the search field, to the frame that shows the rows. */
async function filterTimes(panel: PanelPage): Promise<readonly number[]> {
  return panel.page.evaluate(async () => {
    const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve));
    const field = document.querySelector<HTMLInputElement>('pt-text-field');
    const chips = [...document.querySelectorAll<HTMLElement>('.chip')];
    if (field === null || chips.length === 0) throw new Error('no filters');
    const type = (text: string) => (): void => {
      field.value = text;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    };
    const words = ['c', 'ca', 'cas', 'case-1', 'case-19', 'refund', 'late', ''];
    const sorts = [...document.querySelectorAll<HTMLElement>('.sort')];
    const acts = [...chips, ...sorts, ...chips]
      .map((one) => (): void => one.click())
      .concat(words.map(type), words.map(type));
    const times: number[] = [];
    for (const act of acts) {
      await frame();
      const began = performance.now();
      act();
      await frame();
      await frame();
      times.push(performance.now() - began);
    }
    return times;
  });
}

async function reading(browser: Browser): Promise<Record<string, string>> {
  const report = toPanelReport(sampleReport({ cases: 2000, labels: ['A', 'B', 'C'] }), 'x');
  const message = { type: 'report-shown', source: 'file:///run', report };
  const site = await servePanel();
  try {
    const opening: number[] = [];
    for (let count = 0; count < 4; count += 1) {
      const panel = await PanelPage.open(browser, site.url);
      opening.push(await openingMs(panel, message));
      await panel.page.close();
    }
    const panel = await PanelPage.open(browser, site.url);
    await openingMs(panel, message);
    const frames = await scrollFrames(panel);
    const filters = await filterTimes(panel);
    await panel.page.close();
    return {
      '2,000 cases × 3: open, after its data is there (at most 300 ms)': spread(opening),
      'frame while scrolling (p95 at most 50 ms)': spread(frames),
      // Two frames of 17 ms pass before a measurement can end.
      'filter, sort or search, to two frames later': spread(filters),
    };
  } finally {
    await site.close();
  }
}

/** The side panel's page with much to show, in a real browser. */
export async function bench(): Promise<Record<string, string>> {
  const browser = await launchBrowser();
  try {
    return await reading(browser);
  } finally {
    await browser.close();
  }
}
