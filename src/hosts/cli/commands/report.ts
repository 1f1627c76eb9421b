import type { RunComparison } from '../../../core/domain/runComparison.ts';
import type { CommandRun } from '../commandTable.ts';
import { exitCodes } from '../exitCodes.ts';
import { oneLine } from '../oneLine.ts';
import { openWorkspace } from '../openWorkspace.ts';
import { openStoredRun } from '../resumeCommand.ts';
import { wantsJson } from '../runExperimentCommand.ts';
import { writeReport } from '../writeReport.ts';
import { writeResult } from '../writeResult.ts';

export const run: CommandRun = async (options, context) => {
  const host = await openWorkspace(options, context);
  try {
    const { experiments } = host.engine.pipeline;
    const opened = await openStoredRun(host, options.positionals[0] ?? 'latest');
    const against = options.text('against');
    if (against === undefined) {
      await writeReport(experiments.report(opened).report, options, context);
      return exitCodes.ok;
    }
    const changes = experiments.compare(await openStoredRun(host, against), opened);
    const text = wantsJson(options)
      ? `${JSON.stringify({ schemaVersion: 1, ...changes }, null, 2)}\n`
      : renderChanges(changes);
    await writeResult(options, context, text);
    return exitCodes.ok;
  } finally {
    await host.dispose();
  }
};

/** What changed, the worse cases first: they are what somebody has to look at. */
function renderChanges({ variants, onlyBefore, onlyAfter }: RunComparison): string {
  const order = ['worse', 'better', 'unscored', 'added', 'removed'];
  const lines = variants.flatMap(({ id, sentence, changes }) => [
    `${oneLine(id)}: ${sentence}`,
    ...changes
      .filter(({ kind }) => kind !== 'same')
      .sort((x, y) => order.indexOf(x.kind) - order.indexOf(y.kind))
      .map(
        ({ caseId, kind, before, after }) =>
          `  ${kind} ${oneLine(caseId)} ${shown(before)} → ${shown(after)}`,
      ),
  ]);
  const only = [
    ...onlyBefore.map((id) => `${oneLine(id)}: only in the earlier run`),
    ...onlyAfter.map((id) => `${oneLine(id)}: only in the later run`),
  ];
  return [...lines, ...only].map((line) => `${line}\n`).join('');
}

const shown = (value: number | null): string => (value === null ? '–' : String(Number(value.toFixed(3))));
