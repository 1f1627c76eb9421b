import { buildRunChanges } from '../../../core/reporting/buildRunChanges.ts';
import { changeFormats, renderChanges, type ChangeFormat } from '../../../core/reporting/renderChanges.ts';
import type { NodeHost } from '../../../nodeHost.ts';
import type { CommandContext } from '../commandContext.ts';
import type { CommandRun } from '../commandTable.ts';
import { exitCodes } from '../exitCodes.ts';
import { openWorkspace } from '../openWorkspace.ts';
import type { ParsedOptions } from '../parseArguments.ts';
import { openStoredRun } from '../resumeCommand.ts';
import { UsageError } from '../usageError.ts';
import { writeReport } from '../writeReport.ts';
import { writeResult } from '../writeResult.ts';

export const run: CommandRun = async (options, context) => {
  const host = await openWorkspace(options, context);
  try {
    const id = options.positionals[0] ?? 'latest';
    const against = options.text('against');
    if (against !== undefined) await writeChanges(host, against, id, options, context);
    else {
      const opened = await openStoredRun(host, id);
      const { report } = await host.engine.pipeline.experiments.report(opened);
      if (opened.isRunning)
        await context.stderr.write(`${opened.runId} is still running: this is how far it is.\n`);
      await writeReport(report, options, context);
    }
    return exitCodes.ok;
  } finally {
    await host.dispose();
  }
};

async function writeChanges(
  host: NodeHost,
  beforeId: string,
  afterId: string,
  options: ParsedOptions,
  context: CommandContext,
): Promise<void> {
  const format = changeFormat(options);
  const [before, after] = [await openStoredRun(host, beforeId), await openStoredRun(host, afterId)];
  const { name, metric } = after.plan;
  const changes = buildRunChanges(
    { name, metric, before: before.runId, after: after.runId },
    host.engine.pipeline.experiments.compare(before, after),
  );
  await writeResult(options, context, renderChanges(changes, format));
}

function changeFormat(options: ParsedOptions): ChangeFormat {
  const wanted = options.flag('json') ? 'json' : (options.text('format') ?? 'text');
  const format = changeFormats.find((known) => known === wanted);
  if (format === undefined) {
    throw new UsageError(`--against is shown as ${changeFormats.join(', ')}; not as ${wanted}`);
  }
  return format;
}
