import { stat } from 'node:fs/promises';
import path from 'node:path';
import { distance } from 'fastest-levenshtein';
import type { ParsedFile } from '../../core/domain/parsedFile.ts';
import type { ListedPrompt, NodeHost } from '../../nodeHost.ts';
import { UsageError } from './usageError.ts';

/** The prompt file that a name or path on the command line means. Throws `UsageError` in words. */
export async function findPrompt(host: NodeHost, target: string | undefined): Promise<ParsedFile> {
  if (target === undefined) throw new UsageError('name a prompt or give the path of a .prompt.yaml file');
  const file = path.resolve(host.folder, target);
  const isFile = await stat(file).then(
    (entry) => entry.isFile(),
    () => false,
  );
  if (isFile) return parseInside(host, file, target);
  if (/\.ya?ml$|[\\/]/i.test(target)) throw new UsageError(`there is no file ${target} in ${host.folder}`);
  const listed = await host.list();
  const [first, second] = listed.filter((prompt) => prompt.name === target);
  if (first === undefined)
    throw new UsageError(`no prompt is called '${target}'. ${nearest(target, listed)}`);
  if (second !== undefined) {
    const paths = [first, second].map((prompt) => path.relative(host.folder, prompt.path)).join(' and ');
    throw new UsageError(`two files are called '${target}': ${paths}. Rename one of them, or give the path`);
  }
  return host.parse(first.path);
}

async function parseInside(host: NodeHost, file: string, target: string): Promise<ParsedFile> {
  const { files } = host.engine.world;
  if (!files.contains(host.folder, await files.realPath(file))) {
    throw new UsageError(
      `${target} lies outside the workspace folder ${host.folder}; choose another folder with --cwd`,
    );
  }
  return host.parse(file);
}

function nearest(target: string, listed: readonly ListedPrompt[]): string {
  const names = [...new Set(listed.map((prompt) => prompt.name))];
  if (names.length === 0) return 'This folder has no .prompt.yaml files; choose another with --cwd';
  const closest = names.reduce((best, name) =>
    distance(target, name) < distance(target, best) ? name : best,
  );
  const isClose = distance(target, closest) <= Math.max(2, target.length / 3);
  return isClose ? `Did you mean '${closest}'?` : '`promptly list` shows all names.';
}
