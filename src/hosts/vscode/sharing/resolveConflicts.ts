import * as vscode from 'vscode';
import type { ConflictChoice, ImportPlan } from '../../../sharing.ts';
import { t } from '../l10n.ts';
import type { SharedDocuments } from './sharedDocuments.ts';

interface Answer extends vscode.QuickPickItem {
  readonly choice: ConflictChoice;
  readonly forAll: boolean;
}

/**
 * Shows each file of which the workspace has another version as a diff, and asks what to do with it. undefined: dismissed,
 * and nothing is to be written.
 */
export async function resolveConflicts(
  plan: ImportPlan,
  folder: vscode.Uri,
  documents: SharedDocuments,
): Promise<Map<string, ConflictChoice> | undefined> {
  const conflicts = plan.files.filter(({ state }) => state === 'conflict');
  const choices = new Map<string, ConflictChoice>();
  for (const [index, { path, bytes }] of conflicts.entries()) {
    const mine = vscode.Uri.joinPath(folder, path);
    const shown = await documents.compare(mine, path, bytes);
    const answer = await ask(path, index, conflicts.length);
    await documents.close(shown);
    if (answer === undefined) return undefined;
    choices.set(path, answer.choice);
    if (!answer.forAll) continue;
    for (const rest of conflicts.slice(index)) choices.set(rest.path, answer.choice);
    break;
  }
  return choices;
}

async function ask(path: string, index: number, count: number): Promise<Answer | undefined> {
  const one: readonly Answer[] = [
    { label: t('Keep Mine'), description: t('leave the file as it is'), choice: 'keep', forAll: false },
    {
      label: t('Replace'),
      description: t('take the version of the import'),
      choice: 'replace',
      forAll: false,
    },
    {
      label: t('Keep Both'),
      description: t('write the import under another name'),
      choice: 'rename',
      forAll: false,
    },
  ];
  const rest = count - index - 1;
  const all = one.map((answer) => ({
    ...answer,
    label: t('{0} (this and {1} more)', answer.label, rest),
    forAll: true,
  }));
  return vscode.window.showQuickPick(rest > 0 ? [...one, ...all] : one, {
    title: t('{0} is there already ({1} of {2})', path, index + 1, count),
    placeHolder: t('The diff shows both versions: yours left, that of the import right'),
    // The diff is there to be read.
    ignoreFocusOut: true,
  });
}
