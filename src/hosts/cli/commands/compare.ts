import type { CommandRun } from '../commandTable.ts';
import { readOverrides } from '../experimentOptions.ts';
import { findPrompt } from '../findPrompt.ts';
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
    const [target, ...more] = options.positionals;
    const about = async (): Promise<string | null> =>
      target === undefined ? null : (await findPrompt(host, target)).path;
    const resumed = await resumeIfAsked(host, options, context, 'abtest', about);
    if (resumed !== null) return resumed;
    if (more.length > 0) throw new UsageError('one prompt at a time');
    const file = await findPrompt(host, target);
    const base = options.text('base') ?? 'HEAD';
    const request = { file, base, workspaceFolder: host.folder, choice, overrides };
    const planned = await host.engine.pipeline.experiments.planComparison(request, context.signal);
    return await runPlanned(host, planned, options, context);
  } finally {
    await host.dispose();
  }
};
