import path from 'node:path';
import type { CommandRun } from '../commandTable.ts';
import type { ExitCode } from '../exitCodes.ts';

export const run: CommandRun = async (options, context) => {
  const { runMcpServer } = await import('../../mcp/main.ts');
  const folder = path.resolve(context.cwd, options.text('workspace') ?? '.');
  const args = ['--workspace', folder, ...(options.flag('yes') ? ['--yes'] : [])];
  return (await runMcpServer(args, context.cwd)) as ExitCode;
};
