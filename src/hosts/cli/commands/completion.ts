import type { CommandRun } from '../commandTable.ts';
import { exitCodes } from '../exitCodes.ts';
import { renderCompletion, shells } from '../renderCompletion.ts';
import { UsageError } from '../usageError.ts';

export const run: CommandRun = async (options, context) => {
  const shell = shells.find((known) => known === options.positionals[0]);
  if (shell === undefined) throw new UsageError(`name a shell: ${shells.join(', ')}`);
  await context.stdout.write(renderCompletion(shell));
  return exitCodes.ok;
};
