import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { runCommandOrThrow } from '../process/runCommand.ts';
import { killProcessTreeNow, stopProcessTree } from '../process/stopProcessTree.ts';
import { ensureNode24 } from './ensureNode24.ts';
import { ensureServer } from './ensureServer.ts';

export interface ServerOptions {
  /** Where the server keeps settings, extensions and logs; default: a temporary folder, removed at the end. */
  readonly dataFolder?: string;
  /** 0 (the default) takes a free one. */
  readonly port?: number;
  /** Workspace trust is off unless a test is about it. */
  readonly workspaceTrust?: boolean;
  /** Lets the page's address carry test settings; never on for people. */
  readonly testDriver?: boolean;
  /** Packaged extensions to install first. */
  readonly vsixFiles?: readonly string[];
  /** Machine settings (settings.json of the server). */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Added to the environment of the server and so of the extension host; undefined removes a name. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

export interface RunningServer {
  /** host:port, the authority of `vscode-remote:` addresses. */
  readonly authority: string;
  readonly dataFolder: string;
  /** What the server printed so far. */
  log(): string;
  stop(): Promise<void>;
}

const startTimeoutMs = 60_000;

/** A server started from within another editor's terminal or an npm script must not take their settings for its own. */
function serverEnvironment(extra: ServerOptions['env']): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(VSCODE_|ELECTRON_|npm_|VITEST|NODE_OPTIONS$|NODE_ENV$)/.test(name),
  );
  const env = { ...Object.fromEntries(inherited), ...extra };
  return Object.fromEntries(Object.entries(env).filter((entry) => entry[1] !== undefined));
}

function waitForPort(child: ChildProcess, log: () => string): Promise<number> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => {
      clearTimeout(timer);
      reject(new Error(`The VS Code server ${why}. It said:\n${log()}`));
    };
    const timer = setTimeout(() => {
      fail(`was not ready after ${startTimeoutMs / 1000} s`);
    }, startTimeoutMs);
    child.stdout?.on('data', () => {
      const port = /Extension host agent listening on (\d+)/.exec(log())?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    });
    child.once('error', (error) => {
      fail(`could not be started: ${error.message}`);
    });
    child.once('exit', (code) => {
      fail(`ended at once with exit code ${String(code)}`);
    });
  });
}

async function writeSettings(dataFolder: string, settings: Readonly<Record<string, unknown>>): Promise<void> {
  const folder = path.join(dataFolder, 'data', 'Machine');
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'settings.json'), `${JSON.stringify(settings, null, 2)}\n`);
}

/** Starts a real VS Code server on the loopback address; several may run side by side. */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  const [node, serverMain] = [await ensureNode24(), await ensureServer()];
  const temporary = options.dataFolder === undefined;
  const dataFolder = options.dataFolder ?? (await mkdtemp(path.join(os.tmpdir(), 'promptly-server-')));
  const env = serverEnvironment(options.env);
  const folders = ['--server-data-dir', dataFolder, '--extensions-dir', path.join(dataFolder, 'extensions')];
  if (options.settings !== undefined) await writeSettings(dataFolder, options.settings);
  for (const vsix of options.vsixFiles ?? []) {
    await runCommandOrThrow(node, [serverMain, ...folders, '--install-extension', vsix, '--force'], { env });
  }
  const args = [serverMain, '--host', '127.0.0.1', '--port', String(options.port ?? 0), ...folders];
  args.push('--without-connection-token', '--accept-server-license-terms', '--disable-telemetry');
  if (options.workspaceTrust !== true) args.push('--disable-workspace-trust');
  if (options.testDriver === true) args.push('--enable-smoke-test-driver');
  // A group of its own, so that its extension hosts end with it; killed with us should we die first.
  const child = spawn(node, args, {
    env,
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const killNow = () => {
    killProcessTreeNow(child);
  };
  process.once('exit', killNow);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const stop = async () => {
    await stopProcessTree(child);
    process.removeListener('exit', killNow);
    if (temporary) await rm(dataFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  try {
    const port = await waitForPort(child, () => output);
    return { authority: `127.0.0.1:${port}`, dataFolder, log: () => output, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
