import type { ExperimentPlanned } from '../../core/domain/experimentPlan.ts';
import type { NodeHost } from '../../nodeHost.ts';
import type { CommandContext } from './commandContext.ts';
import type { ExitCode } from './exitCodes.ts';
import type { ParsedOptions } from './parseArguments.ts';
import { openStoredRun } from './resumeCommand.ts';
import { runPlanned } from './runExperimentCommand.ts';
import { UsageError } from './usageError.ts';

/** Runs the cases that a test has got since a finished run of it, on top of that run's results. */
export async function extendRun(
  host: NodeHost,
  runId: string,
  planned: ExperimentPlanned,
  options: ParsedOptions,
  context: CommandContext,
): Promise<ExitCode> {
  if (planned.status !== 'ready') return runPlanned(host, planned, options, context);
  const opened = await openStoredRun(host, runId);
  const extension = host.engine.pipeline.experiments.extend(opened, planned.plan);
  if (extension.status === 'refused') throw new UsageError(`--extend: ${extension.message}`);
  if (!options.flag('quiet')) {
    const cases = `${extension.newCases} more case${extension.newCases === 1 ? '' : 's'}`;
    await context.stderr.write(`${cases} after the ${opened.plan.cases.length} of ${opened.runId}.\n`);
  }
  return runPlanned(host, { ...planned, plan: extension.plan }, options, context, opened.runId);
}
