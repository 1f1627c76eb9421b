import * as vscode from 'vscode';
import type { FileVersion, Revisions } from '../../../../core/ports/revisions.ts';
import { RevisionError } from '../../../../core/ports/revisions.ts';
import { t } from '../../l10n.ts';

/** More than anybody scrolls through; an older one is given by its hash or tag. */
const offeredAtMost = 200;
const shortHash = 10;

export type VersionPick =
  /** The file as it is now. */
  | { readonly type: 'working-copy' }
  | { readonly type: 'commit'; readonly ref: string; readonly version: FileVersion }
  /** Any revision that git understands. */
  | { readonly type: 'ref'; readonly ref: string };

interface PickItem extends vscode.QuickPickItem {
  readonly pick?: VersionPick | 'other';
}

/** Lets the user choose a version from the file's own history. undefined: dismissed, or there is none (then it says so). */
export async function pickVersion(
  revisions: Revisions | undefined,
  folder: string,
  file: string,
  withWorkingCopy: boolean,
): Promise<VersionPick | undefined> {
  let history: readonly FileVersion[];
  try {
    history = (await revisions?.history(folder, file, offeredAtMost)) ?? [];
  } catch (error) {
    if (!RevisionError.is(error)) throw error;
    void vscode.window.showInformationMessage(error.message);
    return undefined;
  }
  const now: PickItem = {
    label: `$(edit) ${t('Working copy')}`,
    description: t('the file as it is now'),
    pick: { type: 'working-copy' },
  };
  const other: PickItem = {
    label: `$(tag) ${t('Another revision…')}`,
    description: t('a branch, a tag or a hash'),
    pick: 'other',
  };
  const items = [...(withWorkingCopy ? [now] : []), ...history.map((version) => itemOf(version)), other];
  const options = {
    title: t('Versions of {0}', vscode.workspace.asRelativePath(file)),
    placeHolder:
      history.length === 0
        ? t('This file was never committed')
        : t('The commits that changed it, newest first'),
    matchOnDescription: true,
    matchOnDetail: true,
  };
  const pick = (await vscode.window.showQuickPick(items, options))?.pick;
  return pick === 'other' ? askRevision() : pick;
}

function itemOf(version: FileVersion): PickItem {
  const { commit, subject, author, date } = version;
  const ref = commit.slice(0, shortHash);
  const when = new Date(date).toLocaleString(vscode.env.language, {
    dateStyle: 'medium',
    timeStyle: 'short',
  });
  return {
    label: subject,
    description: `${when} · ${author}`,
    detail: ref,
    pick: { type: 'commit', ref, version },
  };
}

async function askRevision(): Promise<VersionPick | undefined> {
  const ref = await vscode.window.showInputBox({
    title: t('Another revision…'),
    prompt: t('Branches, tags, HEAD~1 and hashes work'),
  });
  return ref === undefined || ref.trim() === '' ? undefined : { type: 'ref', ref: ref.trim() };
}
