import * as vscode from 'vscode';
import { t } from '../l10n.ts';

/** What to import, asked in two steps: dialogs choose either files or folders. */
export async function chooseSources(): Promise<readonly vscode.Uri[]> {
  const forms = [
    { label: t('A package'), description: '*.promptly.zip', folders: false },
    {
      label: t('Prompt files of another tool'),
      description: '.prompty · .prompt.md · .prompt',
      folders: false,
    },
    { label: t('An Agent Skill'), description: t('a folder with SKILL.md'), folders: true },
  ];
  const form = await vscode.window.showQuickPick(forms, { title: t('Import what?') });
  if (form === undefined) return [];
  const chosen = await vscode.window.showOpenDialog({
    title: t('Import'),
    openLabel: t('Import'),
    canSelectMany: true,
    canSelectFiles: !form.folders,
    canSelectFolders: form.folders,
    ...(!form.folders && { filters: { [form.label]: ['zip', 'prompty', 'prompt', 'md'] } }),
  });
  return chosen ?? [];
}

/** The workspace folder to import into: that of the source, the only one, or the one the user picks. */
export async function chooseTarget(source: vscode.Uri): Promise<vscode.Uri | undefined> {
  const own = vscode.workspace.getWorkspaceFolder(source)?.uri;
  if (own !== undefined) return own;
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length > 1) return (await vscode.window.showWorkspaceFolderPick())?.uri;
  if (folders[0] === undefined) {
    void vscode.window.showInformationMessage(t('Open a folder first: prompt files live in one.'));
  }
  return folders[0]?.uri;
}
