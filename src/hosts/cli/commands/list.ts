import type { CommandRun } from '../commandTable.ts';
import { exitCodes } from '../exitCodes.ts';
import { openWorkspace } from '../openWorkspace.ts';
import { shownPath } from '../shownPath.ts';
import { renderColumns } from '../renderColumns.ts';
import { writeResult } from '../writeResult.ts';

export const run: CommandRun = async (options, context) => {
  const host = await openWorkspace(options, context);
  const kind = options.text('kind');
  const prompts = (await host.list())
    .filter((prompt) => kind === undefined || prompt.kind === kind)
    .map(({ path, name, kind: its, description, tags }) => ({
      name,
      kind: its,
      file: shownPath(host.folder, path),
      description: description ?? null,
      tags,
    }));
  if (options.flag('json')) {
    await writeResult(options, context, `${JSON.stringify({ schemaVersion: 1, prompts }, null, 2)}\n`);
  } else if (prompts.length === 0) {
    await context.stderr.write(`No .prompt.yaml files in ${host.folder}.\n`);
  } else {
    const rows = prompts.map(({ name, kind: its, file, description }) => [
      name,
      its,
      file,
      description ?? '',
    ]);
    await writeResult(
      options,
      context,
      renderColumns(['NAME', 'KIND', 'FILE', 'DESCRIPTION'], rows, context.stdout),
    );
  }
  return exitCodes.ok;
};
