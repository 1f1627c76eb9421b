import * as vscode from 'vscode';
import { t } from '../l10n.ts';
import { readRunFolderName } from './runFolderName.ts';

interface StoredReport {
  readonly uri: vscode.Uri;
  /** The run's folder: its time, then its name. */
  readonly folder: string;
  readonly workspace: string;
}

/** Reports in the workspace's run folders, newest first: a folder's name begins with its time. */
async function storedReports(): Promise<readonly StoredReport[]> {
  const found = await Promise.all(
    (vscode.workspace.workspaceFolders ?? []).map(async ({ uri, name }) => {
      const runs = vscode.Uri.joinPath(uri, '.promptly', 'runs');
      const entries = await vscode.workspace.fs.readDirectory(runs).then(
        (list) => list,
        // No run yet.
        () => [],
      );
      return entries
        .filter(([, type]) => (type & vscode.FileType.Directory) !== 0)
        .map(([folder]) => ({
          uri: vscode.Uri.joinPath(runs, folder, 'report.json'),
          folder,
          workspace: name,
        }));
    }),
  );
  const newestFirst = found.flat().sort((a, b) => (a.folder < b.folder ? 1 : -1));
  const there = await Promise.all(
    newestFirst.map(async (stored) => ((await exists(stored.uri)) ? stored : null)),
  );
  return there.filter((stored) => stored !== null);
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

/** Lets the user choose a stored run, or any report file. undefined: dismissed. */
export async function chooseReport(): Promise<vscode.Uri | undefined> {
  const stored = await storedReports();
  const several = (vscode.workspace.workspaceFolders?.length ?? 0) > 1;
  const browse = {
    label: `$(folder-opened) ${t('Browse…')}`,
    description: t('A report.json from elsewhere'),
  };
  const items = stored.map(({ uri, folder, workspace }) => {
    const { name, time } = readRunFolderName(folder);
    return { label: name, description: [time, several ? workspace : ''].filter(Boolean).join(' · '), uri };
  });
  const options = { title: t('Open which report?'), matchOnDescription: true };
  const chosen = await vscode.window.showQuickPick([...items, browse], options);
  if (chosen === undefined) return undefined;
  return 'uri' in chosen ? (chosen.uri as vscode.Uri) : browseForReport();
}

async function browseForReport(): Promise<vscode.Uri | undefined> {
  const [chosen] =
    (await vscode.window.showOpenDialog({
      title: t('Open a report'),
      filters: { [t('Reports')]: ['json'] },
    })) ?? [];
  return chosen;
}
