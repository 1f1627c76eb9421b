import { homedir } from 'node:os';
import path from 'node:path';
import type { McpClientId } from '../../../core/domain/mcpClientId.ts';
import type { CommandContext } from '../commandContext.ts';
import type { CommandRun } from '../commandTable.ts';
import { exitCodes, type ExitCode } from '../exitCodes.ts';
import { isFolder } from '../isFolder.ts';
import type { ParsedOptions } from '../parseArguments.ts';
import { UsageError } from '../usageError.ts';
import { writeResult } from '../writeResult.ts';

export const run: CommandRun = async (options, context) => {
  const folder = path.resolve(context.cwd, options.text('workspace') ?? '.');
  const client = options.text('print-config');
  if (client !== undefined) {
    await printConfig(client as McpClientId, folder, options, context);
    return exitCodes.ok;
  }
  if (!(await isFolder(folder))) throw new UsageError(`--workspace: ${folder} is not a folder`);
  const { runMcpServer } = await import('../../mcp/main.ts');
  const args = ['--workspace', folder, ...(options.flag('yes') ? ['--yes'] : [])];
  return (await runMcpServer(args, context.cwd)) as ExitCode;
};

async function printConfig(
  id: McpClientId,
  folder: string,
  options: ParsedOptions,
  context: CommandContext,
): Promise<void> {
  const { mcpClients, printMcpConfig } = await import('../../../core/pipeline/mcpClients/mcpClients.ts');
  const client = mcpClients[id];
  const { environment } = context;
  const file = client.file(folder, { platform: process.platform, home: homedir(), environment });
  // dist/mcp.js lies beside dist/cli.js.
  const start = { command: 'node', args: [path.join(__dirname, 'mcp.js')], env: {}, folder };
  await writeResult(options, context, printMcpConfig(client, start));
  await context.stderr.write(`For ${client.label} this belongs into ${file}\n`);
}
