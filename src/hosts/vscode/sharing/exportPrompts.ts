import * as vscode from 'vscode';
import { fileNameFor } from '../../../core/domain/fileNameFor.ts';
import { FileError } from '../../../core/ports/fileSystem.ts';
import type { SharingNotice } from '../../../core/domain/sharing.ts';
import type { CollectedFiles, Sharing } from '../../../sharing.ts';
import { t } from '../l10n.ts';
import { chooseExport } from './chooseExport.ts';
import { noticeLines, presentProblems } from './shownNotices.ts';
import type { SharingDesk } from './sharingCommands.ts';

/** `Promptly: Export Prompts…`: prompts with all they refer to into one package, or a skill into a `SKILL.md` folder. */
export async function exportPrompts(desk: SharingDesk, given: readonly vscode.Uri[]): Promise<void> {
  const uris = await chooseExport(desk.index, given);
  const [first] = uris;
  if (first === undefined) return;
  const folder = vscode.workspace.getWorkspaceFolder(first)?.uri;
  if (folder === undefined || uris.some((uri) => !isIn(folder, uri))) {
    void vscode.window.showErrorMessage(t('Export files of one workspace folder at a time.'));
    return;
  }
  const sharing = await desk.open(folder);
  if (sharing === null || !(await saveBefore(folder))) return;
  const collected = await sharing.collect(uris.map(({ fsPath }) => fsPath));
  if (collected.problems.length > 0) {
    await presentProblems(t('Nothing was exported.'), collected.problems, desk.documents);
    return;
  }
  const only = uris.length === 1 ? collected.prompts[0] : undefined;
  const asSkill = only?.kind === 'skill' ? await askForm() : false;
  if (asSkill === undefined || !(await acceptWarnings(collected.warnings))) return;
  const notes = await (asSkill
    ? writeSkill(sharing, collected)
    : writePackage(sharing, collected, folder, only?.name ?? nameOf(given.length === 1 ? given[0] : folder)));
  if (notes !== undefined) await tell(desk, notes);
}

const nameOf = (folder: vscode.Uri | undefined): string =>
  folder?.path.split('/').findLast((part) => part !== '') ?? 'prompts';

const isIn = (folder: vscode.Uri, uri: vscode.Uri): boolean =>
  vscode.workspace.getWorkspaceFolder(uri)?.uri.toString() === folder.toString();

/** What is exported is what is on disk. False: dismissed. */
async function saveBefore(folder: vscode.Uri): Promise<boolean> {
  const unsaved = vscode.workspace.textDocuments.filter(({ isDirty, uri }) => isDirty && isIn(folder, uri));
  if (unsaved.length === 0) return true;
  const names = unsaved.map(({ uri }) => vscode.workspace.asRelativePath(uri)).join(', ');
  const save = t('Save and Export');
  const message = t('There are unsaved changes in {0}; what is on disk is exported.', names);
  const answer = await vscode.window.showWarningMessage(message, { modal: true }, save);
  if (answer !== save) return false;
  for (const document of unsaved) await document.save();
  return true;
}

/** Whether as an Agent Skill; undefined: dismissed. */
async function askForm(): Promise<boolean | undefined> {
  const forms = [
    { label: t('Package'), description: t('one file for Promptly, with checksums'), asSkill: false },
    { label: t('Agent Skill'), description: t('a folder with SKILL.md, for other agents'), asSkill: true },
  ];
  return (await vscode.window.showQuickPick(forms, { title: t('Export as') }))?.asSkill;
}

async function acceptWarnings(warnings: readonly SharingNotice[]): Promise<boolean> {
  if (warnings.length === 0) return true;
  const goOn = t('Export Anyway');
  const options = { modal: true, detail: noticeLines(warnings) };
  return (
    (await vscode.window.showWarningMessage(t('Look at this before you share it.'), options, goOn)) === goOn
  );
}

interface Written {
  readonly place: vscode.Uri;
  readonly count: number;
  readonly notes: readonly SharingNotice[];
}

async function writePackage(
  sharing: Sharing,
  collected: CollectedFiles,
  folder: vscode.Uri,
  name: string,
): Promise<Written | undefined> {
  const fileName = `${fileNameFor(name) ?? 'prompts'}.promptly.zip`;
  const place = await vscode.window.showSaveDialog({
    title: t('Export the package to'),
    defaultUri: vscode.Uri.joinPath(folder, fileName),
    filters: { [t('Package of Promptly')]: ['zip'] },
  });
  if (place === undefined) return undefined;
  const { bytes, manifest } = sharing.pack(collected, name, collected.newestMs);
  await vscode.workspace.fs.writeFile(place, bytes);
  return { place, count: manifest.files.length, notes: [] };
}

async function writeSkill(sharing: Sharing, collected: CollectedFiles): Promise<Written | undefined> {
  const [parent] =
    (await vscode.window.showOpenDialog({
      title: t('Export the skill’s folder into'),
      openLabel: t('Export Here'),
      canSelectFiles: false,
      canSelectFolders: true,
    })) ?? [];
  if (parent === undefined) return undefined;
  const { name, files, notes } = await sharing.toSkillFolder(collected);
  const states = await Promise.all(
    files.map(async ({ path, bytes }) => ({
      path: `${name}/${path}`,
      bytes,
      state: await sharing.inspect(parent.fsPath, `${name}/${path}`),
    })),
  );
  const blocked = states.flatMap(({ state }) => (state.status === 'blocked' ? [state.reason] : []));
  if (blocked[0] !== undefined) {
    void vscode.window.showErrorMessage(t('Nothing was exported: {0}.', blocked[0]));
    return undefined;
  }
  const there = states.filter(({ state }) => state.status === 'file').map(({ path }) => path);
  const replace = t('Replace');
  const detail = there.join('\n');
  const isFine =
    there.length === 0 ||
    (await vscode.window.showWarningMessage(
      t('Replace {0} files that are there already?', there.length),
      { modal: true, detail },
      replace,
    )) === replace;
  if (!isFine) return undefined;
  try {
    const writes = states.map(({ path, bytes, state }) => ({
      path,
      bytes,
      replaces: state.status === 'file' ? state.bytes : null,
    }));
    await sharing.writeInto(parent.fsPath, writes);
  } catch (error) {
    if (!FileError.is(error)) throw error;
    void vscode.window.showErrorMessage(error.message);
    return undefined;
  }
  return { place: vscode.Uri.joinPath(parent, name), count: files.length, notes };
}

async function tell(desk: SharingDesk, { place, count, notes }: Written): Promise<void> {
  const show = t('Show Notes');
  const where = vscode.workspace.asRelativePath(place);
  const message = count === 1 ? t('1 file is in {0}.', where) : t('{0} files are in {1}.', count, where);
  const answer = await vscode.window.showInformationMessage(message, ...(notes.length > 0 ? [show] : []));
  if (answer === show) await desk.documents.showNotices(t('Notes on the export'), notes);
}
