import * as vscode from 'vscode';
import { t } from '../../l10n.ts';
import { excludedGlob, isPromptFile } from '../../promptFilePattern.ts';
import { workspaceFolderOf } from '../../workspaceFolderOf.ts';

const listedAtMost = 1_000;
const dataGlob = '**/*.{csv,tsv,jsonl,json,yaml,yml}';
/** Rows first: other JSON and YAML files are mostly something else. */
const isTable = (uri: vscode.Uri): boolean => /\.(csv|tsv|jsonl)$/i.test(uri.path);

/** A file of the workspace that may hold test cases. undefined: dismissed. */
export async function chooseDataFile(from: vscode.Uri): Promise<vscode.Uri | undefined> {
  const folder = workspaceFolderOf(from);
  const pattern = new vscode.RelativePattern(folder, dataGlob);
  const found = await vscode.workspace.findFiles(pattern, excludedGlob, listedAtMost);
  const files = found
    .filter((uri) => !isPromptFile(uri) && !/\/\.[^/]+\//.test(uri.path))
    .sort((a, b) => Number(isTable(b)) - Number(isTable(a)) || (a.path < b.path ? -1 : 1));
  const items = files.map((uri) => ({ label: vscode.workspace.asRelativePath(uri, false), uri }));
  const browse = { label: `$(folder-opened) ${t('Browse…')}`, uri: undefined };
  const options = {
    title: t('Test cases from which file?'),
    placeHolder: '.csv, .tsv, .jsonl, .json, .yaml',
  };
  const chosen = await vscode.window.showQuickPick([...items, browse], options);
  if (chosen === undefined || chosen.uri !== undefined) return chosen?.uri;
  const [picked] =
    (await vscode.window.showOpenDialog({
      title: options.title,
      defaultUri: folder,
      filters: { [t('Test data')]: ['csv', 'tsv', 'jsonl', 'json', 'yaml', 'yml'] },
    })) ?? [];
  return picked;
}
