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

/** Where a choice made in a picker belongs: beside an existing one of the workspace, else with the user. */
export async function writeSetting(name: string, value: string): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('promptly');
  const inWorkspace = configuration.inspect(name)?.workspaceValue !== undefined;
  const target = inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
  await configuration.update(name, value, target);
}
