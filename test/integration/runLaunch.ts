import type { Browser, Page } from 'playwright-core';
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { format } from 'node:util';
import { repositoryRoot } from '../support/editor/partsFolder.ts';
import { startServer, type RunningServer } from '../support/editor/startServer.ts';
import { workbenchUrl } from '../support/editor/workbenchUrl.ts';
import { artifactsFolder, type SuiteResult } from '../support/results/suiteResult.ts';
import { bundleSuites } from './bundleSuites.ts';
import { copyWorkspace } from './copyWorkspace.ts';
import { reportMark } from './host/reportMark.ts';
import { closedEnvironment, type Launch } from './launches.ts';
import { packageFixture } from './packageFixture.ts';

const launchTimeoutMs = Number(process.env['PROMPTLY_LAUNCH_TIMEOUT_MS'] ?? 300_000);

/** The editor's own console lines arrive here too: only the report is shown, unless PROMPTLY_TEST_VERBOSE is set. */
function showLog(type: string, args: readonly unknown[]): void {
  const text = args.length === 1 && typeof args[0] === 'string' ? args[0] : format(...args);
  if (text.startsWith(reportMark)) console.log(text.slice(reportMark.length));
  else if (process.env['PROMPTLY_TEST_VERBOSE'] !== undefined) console.log(`[${type}] ${text}`);
}

/** Where the dialog does not come (the editor may start restricted without asking), nothing needs an answer. */
async function answerTrustDialog(page: Page): Promise<void> {
  const no = page.getByRole('button', { name: /^No, /i });
  await no.click({ timeout: launchTimeoutMs }).catch(() => undefined);
}

/** Opens the page and waits for the tests' verdict; undefined when none came in time. */
async function runInPage(page: Page, url: string, launch: Launch): Promise<number | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const verdict = new Promise<number | undefined>((resolve) => {
    timer = setTimeout(() => {
      resolve(undefined);
    }, launchTimeoutMs);
    void page.exposeFunction('codeAutomationExit', (code: number) => {
      resolve(code);
    });
  });
  await page.exposeFunction('codeAutomationLog', showLog);
  await page.goto(url);
  if (!launch.trusted) void answerTrustDialog(page);
  const code = await verdict;
  clearTimeout(timer);
  return code;
}

async function readCounts(file: string): Promise<SuiteResult | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as SuiteResult;
  } catch {
    return undefined;
  }
}

async function explainSilence(page: Page, server: RunningServer, launch: Launch): Promise<void> {
  const screenshot = path.join(artifactsFolder, `integration-${launch.name.replace(' ', '-')}.png`);
  await page.screenshot({ path: screenshot }).catch(() => undefined);
  console.error(`The tests gave no result. Screenshot: ${screenshot}. The server said:\n${server.log()}`);
}

/** Runs the suites of one launch inside the extension host of a real editor of its own. */
export async function runLaunch(
  browser: Browser,
  launch: Launch,
  suites: readonly string[],
): Promise<SuiteResult> {
  const folder = path.join(artifactsFolder, 'integration', launch.name.replace(' ', '-'));
  const extensionTestsPath = await bundleSuites(suites, folder);
  const resultFile = path.join(folder, 'result.json');
  await mkdir(folder, { recursive: true });
  const copy = await copyWorkspace(launch.workspace);
  const server = await startServer({
    testDriver: true,
    workspaceTrust: !launch.trusted,
    vsixFiles: await Promise.all((launch.extensions ?? []).map(packageFixture)),
    settings: launch.settings ?? {},
    env: { ...closedEnvironment, PROMPTLY_SUITE_RESULT: resultFile, ...launch.env },
  });
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  try {
    const url = workbenchUrl(server.authority, {
      workspace: copy.workspace,
      extensionDevelopmentPath: repositoryRoot,
      extensionTestsPath,
    });
    const code = await runInPage(page, url, launch);
    const counts = await readCounts(resultFile);
    if (counts === undefined) await explainSilence(page, server, launch);
    // A run that broke off, or a verdict that contradicts its counts, is a failure of its own.
    if (counts === undefined) return { passed: 0, failed: 1, skipped: 0 };
    return code === 0 || counts.failed > 0 ? counts : { ...counts, failed: 1 };
  } finally {
    await page.close();
    await server.stop();
    await rm(copy.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
