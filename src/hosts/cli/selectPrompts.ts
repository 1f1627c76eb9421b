import path from 'node:path';
import type { NodeHost } from '../../nodeHost.ts';
import { findPrompt } from './findPrompt.ts';
import { isFolder } from './isFolder.ts';
import { UsageError } from './usageError.ts';

/** The prompt files that names, files and folders mean: absolute, each once. Throws `UsageError` in words. */
export async function selectPrompts(host: NodeHost, targets: readonly string[]): Promise<string[]> {
  const { files } = host.engine.world;
  const found = new Set<string>();
  for (const target of targets) {
    const folder = path.resolve(host.folder, target);
    if (!(await isFolder(folder))) {
      found.add((await findPrompt(host, target)).path);
      continue;
    }
    const below = (await host.list()).filter((prompt) => files.contains(folder, prompt.path));
    if (below.length === 0) throw new UsageError(`there is no .prompt.yaml file below ${target}`);
    for (const prompt of below) found.add(prompt.path);
  }
  return [...found];
}
