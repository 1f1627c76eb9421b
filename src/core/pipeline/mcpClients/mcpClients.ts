// The programs that use MCP servers, and how each is told of ours; an entry point of its own in esbuild.mjs.
import type { JsonObject } from '../../domain/json.ts';
import type { McpClientId } from '../../domain/mcpClientId.ts';

export { addMcpServer } from './addMcpServer.ts';
export type { AddedServer } from './addMcpServer.ts';

/** How the server is started for a folder. Keys are never part of it: they come from the environment. */
export interface McpServerStart {
  readonly command: string;
  /** Without `--workspace`. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** The workspace folder, absolute. */
  readonly folder: string;
}

/** Where this machine keeps what is the user's. */
export interface UserPlaces {
  /** As Node names it: `darwin`, `win32`, others are taken for Linux. */
  readonly platform: string;
  readonly home: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export interface McpClient {
  readonly id: McpClientId;
  readonly label: string;
  /** The key of the file that holds the servers. */
  readonly section: 'mcpServers' | 'servers';
  /** The file lies in the workspace, where others may see it. */
  readonly inWorkspace: boolean;
  /** Absolute. */
  file(folder: string, places: UserPlaces): string;
  entry(start: McpServerStart): JsonObject;
}

const join = (platform: string, ...parts: readonly string[]): string =>
  parts.join(platform === 'win32' ? '\\' : '/');

/** What all clients have in common; `folder` as the client takes it. */
const common = ({ command, args, env }: McpServerStart, folder: string): JsonObject => ({
  command,
  args: [...args, '--workspace', folder],
  ...(Object.keys(env).length > 0 && { env: { ...env } }),
});

const stdio = (start: McpServerStart, folder: string): JsonObject => ({
  type: 'stdio',
  ...common(start, folder),
});

/** Both editors put the folder in themselves, so the file holds for everybody's copy of the repository. */
const anyFolder = '${workspaceFolder}';

const claudeDesktopFolder = ({ platform, home, environment }: UserPlaces): string => {
  if (platform === 'darwin') return join(platform, home, 'Library', 'Application Support', 'Claude');
  if (platform === 'win32') {
    return join(platform, environment['APPDATA'] ?? join(platform, home, 'AppData', 'Roaming'), 'Claude');
  }
  return join(platform, environment['XDG_CONFIG_HOME'] ?? join(platform, home, '.config'), 'Claude');
};

export const mcpClients: Readonly<Record<McpClientId, McpClient>> = {
  'claude-desktop': {
    id: 'claude-desktop',
    label: 'Claude Desktop',
    section: 'mcpServers',
    inWorkspace: false,
    file: (_folder, places) =>
      join(places.platform, claudeDesktopFolder(places), 'claude_desktop_config.json'),
    entry: (start) => common(start, start.folder),
  },
  'claude-code': {
    id: 'claude-code',
    label: 'Claude Code',
    section: 'mcpServers',
    inWorkspace: true,
    file: (folder, { platform }) => join(platform, folder, '.mcp.json'),
    entry: (start) => stdio(start, start.folder),
  },
  cursor: {
    id: 'cursor',
    label: 'Cursor',
    section: 'mcpServers',
    inWorkspace: true,
    file: (folder, { platform }) => join(platform, folder, '.cursor', 'mcp.json'),
    entry: (start) => stdio(start, anyFolder),
  },
  vscode: {
    id: 'vscode',
    label: 'VS Code (mcp.json)',
    section: 'servers',
    inWorkspace: true,
    file: (folder, { platform }) => join(platform, folder, '.vscode', 'mcp.json'),
    entry: (start) => stdio(start, anyFolder),
  },
};

/** The whole document for a client that has no other server yet. */
export const printMcpConfig = (client: McpClient, start: McpServerStart): string =>
  `${JSON.stringify({ [client.section]: { promptly: client.entry(start) } }, null, 2)}\n`;
