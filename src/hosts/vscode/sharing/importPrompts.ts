import * as vscode from 'vscode';
import { isPromptFile } from '../../../core/domain/sharing.ts';
import { FileError } from '../../../core/ports/fileSystem.ts';
import type { ImportDecision, ImportPlan, Sharing } from '../../../sharing.ts';
import { t } from '../l10n.ts';
import { chooseSources, chooseTarget } from './chooseImport.ts';
import { resolveConflicts } from './resolveConflicts.ts';
import type { SharingDesk } from './sharingCommands.ts';
import { noticeLines, presentProblems } from './shownNotices.ts';

const listedFiles = 15;

/** `Promptly: Import Prompts…`: packages, Agent Skills and prompt files of other tools. Nothing is written before all is sound. */
export async function importPrompts(desk: SharingDesk, given: readonly vscode.Uri[]): Promise<void> {
  const sources = given.length > 0 ? given : await chooseSources();
  const [first] = sources;
  if (first === undefined) return;
  const folder = await chooseTarget(first);
  const sharing = folder === undefined ? null : await desk.open(folder);
  if (folder === undefined || sharing === null) return;
  const plan = await sharing.plan({
    sources: sources.map((uri) => ({ path: uri.fsPath, shown: vscode.workspace.asRelativePath(uri, false) })),
    into: null,
  });
  if (plan.problems.length > 0) {
    await presentProblems(t('Nothing was imported.'), plan.problems, desk.documents);
    return;
  }
  if (!(await confirm(plan))) return;
  const choices = await resolveConflicts(plan, folder, desk.documents);
  if (choices === undefined) return;
  const decision = await sharing.decide(plan, choices);
  if (await write(sharing, decision)) await tell(desk, plan, decision, folder);
}

/** What comes from elsewhere is listed first, programs among it said. */
async function confirm({ files, warnings }: ImportPlan): Promise<boolean> {
  const fresh = files.filter(({ state }) => state !== 'same');
  const isForeign = fresh.some(({ from }) => /\.zip$/i.test(from));
  if (fresh.length === 0 || (!isForeign && warnings.length === 0)) return true;
  const listed = fresh.slice(0, listedFiles).map(({ path }) => path);
  const rest = fresh.length - listed.length;
  const list = [...listed, ...(rest > 0 ? [t('(and {0} more)', rest)] : [])].join('\n');
  const detail = [list, noticeLines(warnings)].filter(Boolean).join('\n\n');
  const go = t('Import');
  const message =
    fresh.length === 1
      ? t('Import 1 file into this workspace?')
      : t('Import {0} files into this workspace?', fresh.length);
  return (await vscode.window.showWarningMessage(message, { modal: true, detail }, go)) === go;
}

async function write(sharing: Sharing, decision: ImportDecision): Promise<boolean> {
  try {
    await sharing.apply(decision);
    return true;
  } catch (error) {
    if (!FileError.is(error)) throw error;
    void vscode.window.showErrorMessage(error.message);
    return false;
  }
}

async function tell(
  desk: SharingDesk,
  { notes, warnings }: ImportPlan,
  { results, writes }: ImportDecision,
  folder: vscode.Uri,
): Promise<void> {
  const opened =
    results.find(({ path, action }) => isPromptFile(path) && action !== 'unchanged') ?? results[0];
  if (opened !== undefined && isPromptFile(opened.path)) {
    await vscode.window.showTextDocument(vscode.Uri.joinPath(folder, opened.path));
  }
  const all = [...warnings, ...notes];
  const show = t('Show Notes');
  const answer = await vscode.window.showInformationMessage(
    [writtenWords(writes.length), noteWords(notes.length)].filter(Boolean).join(' '),
    ...(all.length > 0 ? [show] : []),
  );
  if (answer === show) await desk.documents.showNotices(t('Notes on the import'), all);
}

function writtenWords(count: number): string {
  if (count === 0) return t('Nothing had to be written: everything is there already.');
  return count === 1 ? t('1 file was imported.') : t('{0} files were imported.', count);
}

function noteWords(count: number): string {
  if (count === 0) return '';
  return count === 1
    ? t('1 thing has no counterpart here or changed.')
    : t('{0} things have no counterpart here or changed.', count);
}
