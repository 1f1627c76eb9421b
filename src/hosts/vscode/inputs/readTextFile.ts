import * as vscode from 'vscode';
import { t } from '../l10n.ts';

/** What a source gave; `problem` says why it gave nothing; undefined: the user thought better of it. */
export type ReadText = { readonly text: string } | { readonly problem: string } | undefined;

const largestFileBytes = 1024 * 1024;

/** A file's text as the editor reads it: unsaved changes and the user's encoding included. */
export async function readTextFile(uri: vscode.Uri): Promise<ReadText> {
  const name = vscode.workspace.asRelativePath(uri);
  try {
    // What was never saved has no size.
    const size = uri.scheme === 'untitled' ? 0 : (await vscode.workspace.fs.stat(uri)).size;
    if (size > largestFileBytes) return { problem: t('{0} is larger than 1 MiB.', name) };
    const text = (await vscode.workspace.openTextDocument(uri)).getText();
    return text === '' ? { problem: t('{0} is empty.', name) } : { text };
  } catch {
    return { problem: t('{0} cannot be read as text.', name) };
  }
}
