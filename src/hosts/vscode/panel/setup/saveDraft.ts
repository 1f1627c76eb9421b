import path from 'node:path';
import * as vscode from 'vscode';
import type { JsonObject } from '../../../../core/domain/json.ts';
import { t } from '../../l10n.ts';
import { loadLanguage } from '../../language.ts';
import { rebaseSetup } from './rebaseSetup.ts';

/** Asks where to, and writes a test as a file. undefined: dismissed. */
export async function saveDraft(value: JsonObject, from: vscode.Uri): Promise<vscode.Uri | undefined> {
  const folder = vscode.Uri.joinPath(from, '..');
  const name = typeof value['name'] === 'string' ? value['name'] : 'ab-test';
  const fileName = `${name.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[-.]+|-+$/g, '') || 'ab-test'}.prompt.yaml`;
  // Without filters: the editor's own dialog takes `.prompt.yaml` for no ending of theirs, and would add another.
  const chosen = await vscode.window.showSaveDialog({
    title: t('Save as A/B Test File'),
    defaultUri: vscode.Uri.joinPath(folder, fileName),
  });
  if (chosen === undefined) return undefined;
  const target = withEnding(chosen);
  const { createPromptFile } = await loadLanguage();
  const moved = rebaseSetup(value, folder.fsPath, path.dirname(target.fsPath));
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(createPromptFile(moved)));
  return target;
}

/** Only files that end so are prompt files. */
function withEnding(uri: vscode.Uri): vscode.Uri {
  if (/\.prompt\.ya?ml$/i.test(uri.path)) return uri;
  return uri.with({ path: `${uri.path.replace(/\.ya?ml$/i, '')}.prompt.yaml` });
}
