import * as vscode from 'vscode';
import { isPromptFile } from '../../../core/domain/sharing.ts';
import { t } from '../l10n.ts';
import type { PromptIndex } from '../promptIndex.ts';

/** The prompt files to export: those given, those below a folder that is given, or those the user ticks. */
export async function chooseExport(index: PromptIndex, given: readonly vscode.Uri[]): Promise<vscode.Uri[]> {
  await index.ready();
  if (given.length > 0) {
    const found = given.flatMap((uri) => {
      if (isPromptFile(uri.path)) return [uri];
      const below = uri.path.endsWith('/') ? uri.path : `${uri.path}/`;
      return index
        .all()
        .map(({ place }) => place)
        .filter((place) => place.scheme === uri.scheme && place.path.startsWith(below));
    });
    if (found.length === 0)
      void vscode.window.showErrorMessage(t('There are no prompt files here to export.'));
    // A folder and a file in it may both be selected.
    return [...new Map(found.map((uri) => [uri.toString(), uri])).values()];
  }
  const open = vscode.window.activeTextEditor?.document.uri.toString();
  const items = index.all().map(({ header, place }) => ({
    label: header.name,
    description: header.kind === 'prompt' ? '' : header.kind,
    detail: vscode.workspace.asRelativePath(place),
    picked: place.toString() === open,
    place,
  }));
  if (items.length === 0) {
    void vscode.window.showInformationMessage(t('This workspace has no prompt files (*.prompt.yaml) yet.'));
    return [];
  }
  const picked = await vscode.window.showQuickPick(items, {
    title: t('Export which prompts? What they refer to goes along'),
    canPickMany: true,
    matchOnDetail: true,
  });
  return picked?.map(({ place }) => place) ?? [];
}
