import path from 'node:path';
import * as vscode from 'vscode';
import type { McpServerStart } from '../../../core/pipeline/mcpClients/mcpClients.ts';
import { launcherText } from './launcherText.ts';

const launcherName = 'promptly-mcp.cjs';

/** How another program starts our server: in a way that survives updates of the extension and of the editor. */
export async function mcpServerStart(
  context: vscode.ExtensionContext,
  folder: string,
): Promise<McpServerStart> {
  const isDesktop = process.versions['electron'] !== undefined;
  // The desktop editor can be Node, which the machine may not have; a remote one is in a folder of its version.
  const command = isDesktop ? stablePath(process.execPath) : 'node';
  const env: Record<string, string> = isDesktop ? { ELECTRON_RUN_AS_NODE: '1' } : {};
  return { command, env, folder, args: [await serverFile(context)] };
}

/** Snap packages keep each version in a folder of its own. */
const stablePath = (file: string): string => file.replace(/^(\/snap\/[^/]+)\/\d+\//, '$1/current/');

/** The folder of an installed extension is named by its version, so a launcher that looks for the newest stands in. */
async function serverFile({ extensionPath, globalStorageUri }: vscode.ExtensionContext): Promise<string> {
  const folder = path.basename(extensionPath);
  const id = /^(.+)-\d+\.\d+\.\d+[^/\\]*$/.exec(folder)?.[1];
  if (id === undefined) return path.join(extensionPath, 'dist', 'mcp.js');
  const file = vscode.Uri.joinPath(globalStorageUri, launcherName);
  const text = launcherText(path.dirname(extensionPath), id);
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
  return file.fsPath;
}
