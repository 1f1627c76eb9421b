import { Console } from 'node:console';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { version } from '../../../package.json';
import type { Log } from '../../core/ports/log.ts';
import { createServer, type ProtocolServer } from './createServer.ts';
import { createMcpWorkspace, type McpWorkspace } from './mcpWorkspace.ts';
import { readLimitBytes } from './messageSize.ts';
import { receiveOddArguments } from './receiveOddArguments.ts';
import { createSpendingLimit } from '../../core/pipeline/toolCalls/spendingLimit.ts';
import { ToolProblem } from '../../core/pipeline/toolCalls/toolProblem.ts';

const usage = `promptly mcp: the prompts of a folder for agents, over the Model Context Protocol on stdin and stdout.

Usage: promptly mcp [--workspace DIR] [--yes]

  --workspace DIR  the folder with the .prompt.yaml files (default: the current one)
  --yes            let programs run that the workspace's own settings name
  --version        print the version
  --help           show this help
`;

interface McpOptions {
  readonly folder: string;
  readonly allowPrograms: boolean;
}

/** Serves until the client closes stdin. Gives the exit code; says on stderr what is wrong with the arguments. */
export async function runMcpServer(args: readonly string[], cwd: string): Promise<number> {
  const options = readOptions(args, cwd);
  if (typeof options === 'number') return options;
  // Only the protocol may reach stdout, whatever a library thinks of it.
  globalThis.console = new Console(process.stderr);
  let workspace: Promise<McpWorkspace> | undefined;
  const opened = (): Promise<McpWorkspace> => (workspace ??= openWorkspace(options, server));
  const server = createServer(opened);
  const transport = new StdioServerTransport(process.stdin, process.stdout, {
    maxBufferSize: readLimitBytes,
  });
  const closed = new Promise<'done' | 'message-too-long'>((resolve) => {
    const done = (): void => resolve('done');
    // Before anything else ended, the transport only closes itself when it gives up reading.
    transport.onclose = () => resolve('message-too-long');
    process.stdin.once('end', done).once('close', done);
    process.stdout.once('error', done);
    process.once('SIGINT', done).once('SIGTERM', done);
  });
  await server.connect(transport);
  receiveOddArguments(transport);
  const end = await closed;
  await server.close();
  await workspace?.then(({ host }) => host.dispose()).catch(() => undefined);
  if (end === 'done') return 0;
  const most = readLimitBytes / 1024 / 1024;
  process.stderr.write(`promptly mcp: a message of more than ${most} MiB arrived; the server has ended.\n`);
  return 1;
}

function readOptions(args: readonly string[], cwd: string): McpOptions | number {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        workspace: { type: 'string' },
        yes: { type: 'boolean' },
        version: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help === true || values.version === true) {
      process.stdout.write(values.help === true ? usage : `${version}\n`);
      return 0;
    }
    return { folder: path.resolve(cwd, values.workspace ?? '.'), allowPrograms: values.yes === true };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    process.stderr.write(`promptly mcp: ${message}\n\n${usage}`);
    return 2;
  }
}

async function openWorkspace(
  { folder, allowPrograms }: McpOptions,
  server: ProtocolServer,
): Promise<McpWorkspace> {
  const log = createLog(server);
  const { openNodeHost } = await import('../../nodeHost.ts');
  const options = { folder, environment: process.env, override: <T>(settings: T) => settings, log };
  const host = await openNodeHost(options).catch((cause: unknown) => {
    throw new ToolProblem(
      `The workspace folder ${folder} cannot be opened. Start the server with --workspace DIR.`,
      { cause },
    );
  });
  for (const warning of host.reading.warnings) log.warn(warning);
  const spending = createSpendingLimit(() => host.reading.settings.mcp.maxCostUsd);
  return createMcpWorkspace(host, { spending, allowPrograms });
}

/** What the engine has to say goes to the client, which shows it by the level its user chose. */
function createLog(server: ProtocolServer): Log {
  const send = (level: 'debug' | 'info' | 'warning' | 'error', data: string): void => {
    // Nobody listens before the start and after the end.
    server.sendLoggingMessage({ level, logger: 'promptly', data }).catch(() => undefined);
  };
  return {
    debug: (message) => send('debug', message),
    info: (message) => send('info', message),
    warn: (message) => send('warning', message),
    error: (message, error) =>
      send('error', error instanceof Error ? `${message}\n${error.stack ?? error.message}` : message),
  };
}
