import { mkdtemp, readdir, readFile, realpath, rm } from 'node:fs/promises';
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

/** What the extension wrote into its own log. */
async function indexTime(dataFolder: string): Promise<string> {
  const names = await readdir(dataFolder, { recursive: true });
  for (const name of names.filter((file) => file.endsWith('Promptly Log.log'))) {
    const found = /(\d+) prompt files known after (\d+ ms)/.exec(
      await readFile(path.join(dataFolder, name), 'utf8'),
    );
    if (found?.[1] === String(fileCount)) return found[2] ?? 'unknown';
  }
  return 'not found in the log';
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
    const numbers = await measure(browser, workbenchUrl(server.authority, { workspace: folder }));
    return {
      ...numbers,
      'index of all files, from activation (at most 2,000 ms)': await indexTime(server.dataFolder),
    };
  } finally {
    await browser.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
