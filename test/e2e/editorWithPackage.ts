import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { closedEnvironment } from '../integration/launches.ts';
import { packageFixture } from '../integration/packageFixture.ts';
import { launchBrowser } from '../support/editor/launchBrowser.ts';
import { startServer } from '../support/editor/startServer.ts';
import { workbenchUrl } from '../support/editor/workbenchUrl.ts';
import { vsixFile } from '../support/packaging/vsixFile.ts';
import { prepareWorkspace } from '../support/start/prepareWorkspace.ts';
import { Workbench } from './pages/workbench.ts';

export interface EditorOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Folders of test/fixtures/extensions to install besides. */
  readonly extensions?: readonly string[];
  /** Whether the editor asks if the workspace can be trusted; default: it does not. */
  readonly workspaceTrust?: boolean;
}

export interface EditorWithPackage {
  /** A copy of the sample workspace, with its git history. */
  readonly workspace: string;
  /** Where the server keeps settings, secrets, storage and logs. */
  readonly dataFolder: string;
  open(colorScheme?: 'light' | 'dark'): Promise<Workbench>;
  /** What the server printed, for a failure nobody understands. */
  log(): string;
  stop(): Promise<void>;
}

/** A real VS Code with the packaged extension installed, on a copy of the sample workspace, and a browser to see it in. */
export async function startEditorWithPackage(options: EditorOptions = {}): Promise<EditorWithPackage> {
  const folder = await realpath(await mkdtemp(path.join(os.tmpdir(), 'promptly-journey-')));
  const workspace = path.join(folder, 'sample-workspace');
  await prepareWorkspace(workspace);
  // The sample opens its README once the window has settled, which would come over the file a test opened.
  const ownSettings = { 'workbench.startupEditor': 'none' };
  await writeFile(path.join(workspace, '.vscode', 'settings.json'), JSON.stringify(ownSettings));
  const server = await startServer({
    vsixFiles: [vsixFile(), ...(await Promise.all((options.extensions ?? []).map(packageFixture)))],
    workspaceTrust: options.workspaceTrust ?? false,
    // The journeys ask the same thing several times, and want to see it asked.
    settings: { 'promptly.cache.enabled': false, ...options.settings },
    env: { ...closedEnvironment, ...options.env },
  });
  const browser = await launchBrowser();
  return {
    workspace,
    dataFolder: server.dataFolder,
    log: () => server.log(),
    open: (colorScheme) =>
      Workbench.open(browser, workbenchUrl(server.authority, { workspace }), colorScheme),
    stop: async () => {
      await browser.close();
      await server.stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}
