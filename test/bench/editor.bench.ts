import { mkdtemp, readdir, readFile, realpath, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { closedEnvironment } from '../integration/launches.ts';
import { packageFixture } from '../integration/packageFixture.ts';
import { Workbench } from '../e2e/pages/workbench.ts';
import { launchBrowser } from '../support/editor/launchBrowser.ts';
import { startServer } from '../support/editor/startServer.ts';
import { workbenchUrl } from '../support/editor/workbenchUrl.ts';
import { vsixFile } from '../support/packaging/vsixFile.ts';
import { writeManyPrompts } from './manyPrompts.ts';

const fileCount = 5_000;
const lensTimeoutMs = 60_000;
/** Which of the files are opened. */
const opened = [0, 2_345, 4_999];

const since = (began: number) => `${Math.round(performance.now() - began)} ms`;

async function measure(browser: Browser, url: string): Promise<Record<string, string>> {
  const began = performance.now();
  const window = await Workbench.open(browser, url);
  const numbers: Record<string, string> = { 'window usable': since(began) };
  for (const index of opened) {
    const name = `prompt-${index}.prompt.yaml`;
    await window.openFile(name);
    const tab = performance.now();
    await window.codeLens('Run').first().waitFor({ timeout: lensTimeoutMs });
    numbers[`Run shows above ${name}, after its tab`] = since(tab);
  }
  return numbers;
}

interface LensTimes {
  readonly file: string;
  readonly lenses: number;
  readonly times: readonly number[];
}

/** How long the lenses take without the browser's delay before it asks: as an extension beside ours asks for them. */
async function lensTimes(file: string): Promise<Record<string, string>> {
  const read = async (): Promise<string[]> => {
    const text = await readFile(file, 'utf8').catch(() => '');
    return text.split('\n').filter((line) => line !== '');
  };
  let all = await read();
  for (const began = performance.now(); all.length < opened.length; all = await read()) {
    if (performance.now() - began > lensTimeoutMs) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const numbers = all.map((line) => {
    const { file: name, lenses, times } = JSON.parse(line) as LensTimes;
    const middle = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
    const words = `first ${Math.round(times[0] ?? Number.NaN)} ms, median ${middle.toFixed(1)} ms, ${lenses} lenses`;
    return [
      `lenses of ${path.posix.basename(name)}, asked in the extension host (at most 100 ms)`,
      words,
    ] as const;
  });
  return Object.fromEntries(numbers);
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
  const lensFile = `${folder}.lenses.jsonl`;
  await writeManyPrompts(folder, fileCount);
  const server = await startServer({
    vsixFiles: [vsixFile(), await packageFixture('lensTimer')],
    settings: { 'workbench.startupEditor': 'none' },
    env: { ...closedEnvironment, LENS_TIMER_FILE: lensFile },
  });
  const browser = await launchBrowser();
  try {
    const numbers = await measure(browser, workbenchUrl(server.authority, { workspace: folder }));
    return {
      ...numbers,
      ...(await lensTimes(lensFile)),
      'index of all files, from activation (at most 2,000 ms)': await indexTime(server.dataFolder),
    };
  } finally {
    await browser.close();
    await server.stop();
    await rm(lensFile, { force: true });
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
