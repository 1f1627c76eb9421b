import { mkdtemp, realpath, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { closedEnvironment } from '../integration/launches.ts';
import { Workbench } from '../e2e/pages/workbench.ts';
import { launchBrowser } from '../support/editor/launchBrowser.ts';
import { startServer } from '../support/editor/startServer.ts';
import { workbenchUrl } from '../support/editor/workbenchUrl.ts';
import { vsixFile } from '../support/packaging/vsixFile.ts';
import { writeManyPrompts } from './manyPrompts.ts';

const fileCount = 5_000;
const lensTimeoutMs = 60_000;

const since = (began: number) => `${Math.round(performance.now() - began)} ms`;

async function measure(browser: Browser, url: string): Promise<Record<string, string>> {
  const opened = performance.now();
  const window = await Workbench.open(browser, url);
  const numbers: Record<string, string> = { 'window usable': since(opened) };
  for (const index of [0, 2_345, 4_999]) {
    const name = `prompt-${index}.prompt.yaml`;
    await window.openFile(name);
    const began = performance.now();
    await window.codeLens('Run').first().waitFor({ timeout: lensTimeoutMs });
    numbers[`Run shows above ${name}, after its tab`] = since(began);
  }
  return numbers;
}

/** What a person waits for in a workspace of 5,000 prompts: a real editor with the package, seen through a real browser. */
export async function bench(): Promise<Record<string, number | string>> {
  const folder = await realpath(await mkdtemp(path.join(os.tmpdir(), 'promptly-bench-')));
  await writeManyPrompts(folder, fileCount);
  const server = await startServer({
    vsixFiles: [vsixFile()],
    settings: { 'workbench.startupEditor': 'none' },
    env: closedEnvironment,
  });
  const browser = await launchBrowser();
  try {
    return await measure(browser, workbenchUrl(server.authority, { workspace: folder }));
  } finally {
    await browser.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
