import * as vscode from 'vscode';
import type { Settings } from '../../core/ports/settings.ts';
import { toSettings } from './settings.ts';

/** `promptly.*` for a file; '' asks for those outside any folder. Read anew each time: settings change while we run. */
export function readEditorSettings(path: string): Settings {
  const scope = path === '' ? null : vscode.Uri.file(path);
  const configuration = vscode.workspace.getConfiguration('promptly', scope);
  return toSettings(
    {
      read: (name) => configuration.get(name),
      isSet: (name) => {
        const values = configuration.inspect(name);
        return (
          values?.globalValue !== undefined ||
          values?.workspaceValue !== undefined ||
          values?.workspaceFolderValue !== undefined
        );
      },
    },
    process.env,
  );
}

/** Those of the file in front: each folder of a workspace may have its own. */
export const readActiveSettings = (): Settings => readEditorSettings(activeFile()?.fsPath ?? '');

/**
 * Where a choice made in a picker belongs: beside the one that decides for the file in front, else with the user.
 */
export async function writeSetting(name: string, value: string): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('promptly', activeFile() ?? null);
  const { workspaceFolderValue, workspaceValue } = configuration.inspect(name) ?? {};
  const { Global, Workspace, WorkspaceFolder } = vscode.ConfigurationTarget;
  const shared = workspaceValue === undefined ? Global : Workspace;
  await configuration.update(name, value, workspaceFolderValue === undefined ? shared : WorkspaceFolder);
}

/** undefined: nothing is in front that lies in a folder of the workspace. */
function activeFile(): vscode.Uri | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return uri?.scheme === 'file' && vscode.workspace.getWorkspaceFolder(uri) !== undefined ? uri : undefined;
}
