import { chromium, type Browser } from 'playwright-core';
import { ensureBrowser } from './ensureBrowser.ts';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** Starts the browser that tests drive; without a window. */
export async function launchBrowser(): Promise<Browser> {
  const { executablePath, env } = await ensureBrowser();
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return chromium.launch({ executablePath, args: flags, env: { ...Object.fromEntries(inherited), ...env } });
}
