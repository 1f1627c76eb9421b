import path from 'node:path';
import type { ParsedFile } from '../../../core/domain/parsedFile.ts';
import type { NodeHost } from '../../../nodeHost.ts';
import type { CommandRun } from '../commandTable.ts';
import { readOverrides } from '../experimentOptions.ts';
import { findPrompt } from '../findPrompt.ts';
import { isFolder } from '../isFolder.ts';
import { openWorkspace } from '../openWorkspace.ts';
import { resumeIfAsked } from '../resumeCommand.ts';
import { runPlanned } from '../runExperimentCommand.ts';
import { UsageError } from '../usageError.ts';
import { readChoice } from './run.ts';

export const run: CommandRun = async (options, context) => {
  const choice = readChoice(options);
  const overrides = readOverrides(options);
  const host = await openWorkspace(options, context);
  try {
    const about = async (): Promise<string | null> =>
      options.positionals.length === 0 ? null : ((await select(host, options.positionals))[0]?.path ?? null);
    const resumed = await resumeIfAsked(host, options, context, 'test', about);
    if (resumed !== null) return resumed;
    const files = await select(host, options.positionals);
    const request = { files, workspaceFolder: host.folder, choice, overrides };
    const planned = await host.engine.pipeline.experiments.planTests(request, context.signal);
    return await runPlanned(host, planned, options, context);
  } finally {
    await host.dispose();
  }
};

/** Files and names as they are given; of a folder, every prompt that has test data. */
async function select(host: NodeHost, targets: readonly string[]): Promise<ParsedFile[]> {
  if (targets.length === 0) throw new UsageError('name the prompts, files or folders to test');
  const files = new Map<string, ParsedFile>();
  for (const target of targets) {
    const folder = path.resolve(host.folder, target);
    const found = (await isFolder(folder)) ? await testable(host, folder) : [await findPrompt(host, target)];
    if (found.length === 0) throw new UsageError(`no prompt below ${target} has test data`);
    for (const file of found) files.set(file.path, file);
  }
  return [...files.values()];
}

async function testable(host: NodeHost, folder: string): Promise<ParsedFile[]> {
  const { files } = host.engine.world;
  const below = (await host.list()).filter((prompt) => files.contains(folder, prompt.path));
  const parsed = await Promise.all(below.map((prompt) => host.parse(prompt.path)));
  // A broken file is not passed over: it would look like a passed test.
  return parsed.filter(({ file, kind }) =>
    file === null
      ? kind !== 'abtest'
      : file.kind !== 'abtest' && (file.testData.length > 0 || file.testDataFile !== undefined),
  );
}
