// The part of `npm start` that needs the packages: prepares a workspace and a backend, then opens a real VS Code on them.
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { repositoryRoot } from '../editor/partsFolder.ts';
import { startServer } from '../editor/startServer.ts';
import { workbenchUrl } from '../editor/workbenchUrl.ts';
import { createPackage } from '../packaging/createPackage.ts';
import { chooseBackend } from './chooseBackend.ts';
import { choosePort } from './choosePort.ts';
import { openDesktop } from './openDesktop.ts';
import { openInBrowser } from './openInBrowser.ts';
import { prepareWorkspace } from './prepareWorkspace.ts';
import { readStartOptions, usage, type StartOptions } from './startOptions.ts';

const home = path.join(repositoryRoot, '.vscode-test', 'start');
const workspace = path.join(home, 'sample-workspace');
const dataFolder = path.join(home, 'server');
const stamp = path.join(home, 'installed-package.sha256');

const readText = (file: string) => readFile(file, 'utf8').catch(() => '');

/** What the first window shows: the way through the sample. The editor takes this setting from no workspace. */
const atFirst = { 'workbench.startupEditor': 'readme' };

/** Settings a person made in this server stay; only those of the backend are set anew. */
async function machineSettings(backend: Readonly<Record<string, string>>): Promise<Record<string, unknown>> {
  const text = await readText(path.join(dataFolder, 'data', 'Machine', 'settings.json'));
  try {
    return { ...atFirst, ...(JSON.parse(text) as Record<string, unknown>), ...backend };
  } catch {
    return { ...atFirst, ...backend };
  }
}

async function serve(vsix: string, options: StartOptions): Promise<void> {
  const settings = await machineSettings(await chooseBackend());
  const digest = createHash('sha256')
    .update(await readFile(vsix))
    .digest('hex');
  const installed = (await readText(stamp)) === digest;
  console.log('Starting VS Code …');
  const port = await choosePort(options.port);
  // The workspace is our own copy of our own sample: asking whether its authors can be trusted would be an empty question.
  const server = await startServer({ dataFolder, port, settings, vsixFiles: installed ? [] : [vsix] });
  await writeFile(stamp, digest);
  let stopping = false;
  const stop = () => {
    // A signal may come twice: from the terminal, and passed on by npm.
    if (stopping) return;
    stopping = true;
    console.log('\nStopping …');
    void server.stop().then(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  const url = workbenchUrl(server.authority, { workspace });
  console.log(`\nVS Code with Promptly: ${url}\nThe workspace is a copy, in ${workspace}\nCtrl-C stops it.`);
  if (options.open) openInBrowser(url);
}

async function main(): Promise<void> {
  const options = readStartOptions(process.argv.slice(2));
  if (options === undefined) {
    console.log(usage);
    return;
  }
  await mkdir(home, { recursive: true });
  const vsix = await createPackage();
  await prepareWorkspace(workspace);
  if (options.desktop) await openDesktop(vsix, workspace);
  else await serve(vsix, options);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
