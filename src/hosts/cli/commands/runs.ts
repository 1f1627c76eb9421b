import type { CommandRun } from '../commandTable.ts';
import { exitCodes } from '../exitCodes.ts';
import { openWorkspace } from '../openWorkspace.ts';
import { renderColumns } from '../renderColumns.ts';
import { writeResult } from '../writeResult.ts';

export const run: CommandRun = async (options, context) => {
  const host = await openWorkspace(options, context);
  try {
    const runs = await host.engine.pipeline.experiments.list(host.folder);
    const listed = runs.map(({ id, name, kind, startedAt, isRunning, state, outcome }) => ({
      ...{ id, name, kind, startedAt, outcome },
      state: isRunning ? 'running' : state,
    }));
    if (options.flag('json')) {
      await writeResult(options, context, `${JSON.stringify({ schemaVersion: 1, runs: listed }, null, 2)}\n`);
    } else if (listed.length === 0) {
      await context.stderr.write(`No stored runs in ${host.folder}.\n`);
    } else {
      const rows = listed.map(({ id, name, kind, state, outcome }) => [
        id,
        name,
        kind,
        state ?? 'unfinished',
        outcome ?? '',
      ]);
      const heading = ['RUN', 'NAME', 'KIND', 'STATE', 'OUTCOME'];
      await writeResult(options, context, renderColumns(heading, rows, context.stdout));
    }
    return exitCodes.ok;
  } finally {
    await host.dispose();
  }
};
