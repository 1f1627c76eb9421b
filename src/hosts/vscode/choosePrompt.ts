import * as vscode from 'vscode';
import type { PromptKind } from '../../core/domain/promptFile.ts';
import { commandIds } from './commandIds.ts';
import { t } from './l10n.ts';
import type { PromptIndex } from './promptIndex.ts';

/** Lets the user pick one of the workspace's prompts. undefined: dismissed, or there is none (then it says so). */
export async function choosePrompt(
  index: PromptIndex,
  title: string,
  kinds: readonly PromptKind[],
): Promise<vscode.Uri | undefined> {
  await index.ready();
  const items = index
    .all()
    .filter(({ header }) => kinds.includes(header.kind))
    .map(({ header, place }) => ({
      label: header.name,
      description: header.kind === 'prompt' ? '' : header.kind,
      detail: [header.description ?? '', vscode.workspace.asRelativePath(place)].filter(Boolean).join(' · '),
      place,
    }));
  if (items.length === 0) {
    const create = t('New Prompt File');
    const message = t('This workspace has no prompt files (*.prompt.yaml) yet.');
    if ((await vscode.window.showInformationMessage(message, create)) === create) {
      await vscode.commands.executeCommand(commandIds.newPromptFile);
    }
    return undefined;
  }
  const options = { title, matchOnDescription: true, matchOnDetail: true };
  return (await vscode.window.showQuickPick(items, options))?.place;
}
