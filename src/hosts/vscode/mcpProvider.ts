import * as vscode from 'vscode';
import { environmentName } from '../../core/domain/environmentName.ts';
import type { SecretKeys } from './secretStorage.ts';

const mcpProviderId = 'promptly.mcp';

interface Manifest {
  readonly version: string;
  readonly contributes: {
    readonly configuration: { readonly properties: Readonly<Record<string, unknown>> };
  };
}

export interface McpRegistration {
  /** The servers as they are offered, without the keys they get when they start. */
  readonly servers: () => readonly vscode.McpStdioServerDefinition[];
  dispose(): void;
}

/** Offers Promptly's MCP server to the editor's agents, one for each folder on a disk; none in an untrusted workspace. */
export function registerMcpProvider(context: vscode.ExtensionContext, keys: SecretKeys): McpRegistration {
  const changed = new vscode.EventEmitter<void>();
  const server = vscode.Uri.joinPath(context.extensionUri, 'dist', 'mcp.js').fsPath;
  const { version, contributes } = context.extension.packageJSON as Manifest;
  const settings = Object.keys(contributes.configuration.properties);
  const servers = (): vscode.McpStdioServerDefinition[] => {
    const folders = vscode.workspace.workspaceFolders ?? [];
    const local = vscode.workspace.isTrusted ? folders.filter(({ uri }) => uri.scheme === 'file') : [];
    return local.map(({ name, uri }) => {
      const label = local.length === 1 ? 'Promptly' : `Promptly (${name})`;
      const args = [server, '--workspace', uri.fsPath];
      const environment = {
        // In a desktop editor the program is Electron, told to be Node.
        ELECTRON_RUN_AS_NODE: '1',
        // A model that was fetched for the editor need not be fetched again.
        PROMPTLY_STORAGE: context.globalStorageUri.fsPath,
        ...settingsFor(uri, settings),
      };
      return new vscode.McpStdioServerDefinition(label, process.execPath, args, environment, version);
    });
  };
  const provider: vscode.McpServerDefinitionProvider<vscode.McpStdioServerDefinition> = {
    onDidChangeMcpServerDefinitions: changed.event,
    provideMcpServerDefinitions: servers,
    // Only when a server is really started does it get the keys that are stored.
    async resolveMcpServerDefinition(definition) {
      const [claude, openai] = await Promise.all([keys.readKey('claude'), keys.readKey('openai')]);
      definition.env = {
        ...definition.env,
        ...(claude !== undefined && { ANTHROPIC_API_KEY: claude }),
        ...(openai !== undefined && { OPENAI_API_KEY: openai }),
      };
      return definition;
    },
  };
  const registrations = vscode.Disposable.from(
    changed,
    vscode.workspace.onDidChangeWorkspaceFolders(() => changed.fire()),
    vscode.workspace.onDidGrantWorkspaceTrust(() => changed.fire()),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('promptly')) changed.fire();
    }),
    vscode.lm.registerMcpServerDefinitionProvider(mcpProviderId, provider),
  );
  return { servers, dispose: () => void registrations.dispose() };
}

/** What the user set in the editor, the way programs without one are told: the server sees no settings of the user. */
function settingsFor(folder: vscode.Uri, names: readonly string[]): Record<string, string> {
  const configuration = vscode.workspace.getConfiguration(undefined, folder);
  const set = names.filter((name) => {
    const values = configuration.inspect(name);
    return [values?.globalValue, values?.workspaceValue, values?.workspaceFolderValue].some(
      (value) => value !== undefined,
    );
  });
  return Object.fromEntries(
    set.map((name) => {
      const value: unknown = configuration.get(name);
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      return [environmentName(name.slice('promptly.'.length)), text];
    }),
  );
}
