import * as vscode from 'vscode';
import type { SecretKeys } from './secretStorage.ts';

export const mcpProviderId = 'promptly.mcp';

/** Offers Promptly's MCP server to the editor's agents, one for each folder on a disk; none in an untrusted workspace. */
export function registerMcpProvider(context: vscode.ExtensionContext, keys: SecretKeys): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const server = vscode.Uri.joinPath(context.extensionUri, 'dist', 'mcp.js').fsPath;
  const { version } = context.extension.packageJSON as { version: string };
  const provider: vscode.McpServerDefinitionProvider<vscode.McpStdioServerDefinition> = {
    onDidChangeMcpServerDefinitions: changed.event,
    provideMcpServerDefinitions: () => {
      const folders = vscode.workspace.workspaceFolders ?? [];
      const local = vscode.workspace.isTrusted ? folders.filter(({ uri }) => uri.scheme === 'file') : [];
      return local.map(({ name, uri }) => {
        const label = local.length === 1 ? 'Promptly' : `Promptly (${name})`;
        const args = [server, '--workspace', uri.fsPath];
        // In a desktop editor the program is Electron, told to be Node.
        const environment = { ELECTRON_RUN_AS_NODE: '1' };
        return new vscode.McpStdioServerDefinition(label, process.execPath, args, environment, version);
      });
    },
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
  return vscode.Disposable.from(
    changed,
    vscode.workspace.onDidChangeWorkspaceFolders(() => changed.fire()),
    vscode.workspace.onDidGrantWorkspaceTrust(() => changed.fire()),
    vscode.lm.registerMcpServerDefinitionProvider(mcpProviderId, provider),
  );
}
