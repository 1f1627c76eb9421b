import * as esbuild from 'esbuild';
import { readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { repositoryRoot } from '../support/editor/partsFolder.ts';
import { launches, type Launch } from './launches.ts';

const here = path.join(repositoryRoot, 'test', 'integration');
const suitesFolder = path.join(here, 'suites');

/** The suites of one launch: those no earlier launch has. */
export function suitesOf(launch: Launch): readonly string[] {
  const files = readdirSync(suitesFolder).filter((file) => file.endsWith('.test.ts'));
  return files.filter(
    (file) => launches.find(({ suiteEnding }) => file.endsWith(suiteEnding))?.name === launch.name,
  );
}

/** Bundles the suites with the module that runs them; returns the path of that module, without extension. */
export async function bundleSuites(suites: readonly string[], outdir: string): Promise<string> {
  await rm(outdir, { recursive: true, force: true });
  await esbuild.build({
    absWorkingDir: repositoryRoot,
    entryPoints: [
      path.join(here, 'host', 'runSuites.ts'),
      ...suites.map((file) => path.join(suitesFolder, file)),
    ],
    outdir,
    entryNames: '[name]',
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    // The same copies as the host's: the editor's API, and mocha with its global functions.
    external: ['vscode', 'mocha'],
    // What the product's own bundles are built with.
    mainFields: ['module', 'main'],
    sourcemap: 'inline',
    logLevel: 'warning',
    logOverride: { 'empty-import-meta': 'silent' },
  });
  return path.join(outdir, 'runSuites.js');
}
