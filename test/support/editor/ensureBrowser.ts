import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { runCommand, runCommandOrThrow } from '../process/runCommand.ts';
import { ensureNode24 } from './ensureNode24.ts';
import { installPart } from './installPart.ts';

export interface Browser {
  readonly executablePath: string;
  /** What the fetched browser needs beyond this process's environment. */
  readonly env: Readonly<Record<string, string>>;
}

const usualPlaces: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

/** The package decompresses itself with a method newer Nodes have, into TMPDIR, libraries of its own included. */
const unpackScript = `
  process.env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs24.x';
  const { default: chromium } = await import('@sparticuz/chromium');
  await chromium.executablePath();
`;

async function unpack(staging: string): Promise<void> {
  const target = path.join(staging, 'unpacked');
  await mkdir(target);
  const env = { ...process.env, TMPDIR: target };
  await runCommandOrThrow(await ensureNode24(), ['--input-type=module', '-e', unpackScript], {
    cwd: staging,
    env,
  });
}

async function fetchBrowser(): Promise<Browser> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No Chrome, Chromium or Edge was found: install one, or set CHROME_PATH to its program.');
  }
  const folder = await installPart({
    name: 'chromium',
    npmPackage: '@sparticuz/chromium',
    version: '153.0.0',
    description: 'a headless Chromium, about 300 MB',
    complete: unpack,
  });
  const unpacked = path.join(folder, 'unpacked');
  const executablePath = path.join(unpacked, 'chromium');
  const fonts = existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: path.join(unpacked, 'fonts') };
  const alone = await runCommand(executablePath, ['--no-sandbox', '--version']);
  // A bare machine has no NSS libraries; the package brings them. Where the machine has its own, those fit better.
  const libraries = alone.code === 0 ? {} : { LD_LIBRARY_PATH: path.join(unpacked, 'al2023', 'lib') };
  return { executablePath, env: { ...fonts, ...libraries } };
}

/** A Chromium to drive: `CHROME_PATH`, one that is installed, else one fetched from npm (Linux x64). */
export async function ensureBrowser(): Promise<Browser> {
  const named = process.env['CHROME_PATH'];
  if (named !== undefined && named !== '') {
    if (!existsSync(named)) throw new Error(`CHROME_PATH names a file that does not exist: ${named}`);
    return { executablePath: named, env: {} };
  }
  const installed = (usualPlaces[process.platform] ?? []).find((place) => existsSync(place));
  return installed === undefined ? fetchBrowser() : { executablePath: installed, env: {} };
}
