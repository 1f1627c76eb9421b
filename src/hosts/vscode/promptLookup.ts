import * as vscode from 'vscode';
import type { PromptFound, PromptLookup } from '../../core/ports/promptLookup.ts';
import type { ParseCache } from './parseCache.ts';
import type { PromptIndex } from './promptIndex.ts';
import { isPath } from './referenceAt.ts';

/** The steps of chains, found by the workspace's index, unsaved text included. */
export function createPromptLookup(index: PromptIndex, cache: ParseCache): PromptLookup {
  const open = async (uri: vscode.Uri): Promise<PromptFound> => {
    try {
      return { status: 'found', file: await cache.parse(await vscode.workspace.openTextDocument(uri)) };
    } catch {
      return { status: 'not-found' };
    }
  };
  return {
    async find(reference, from) {
      const fromUri = vscode.Uri.file(from);
      if (isPath(reference)) {
        const uri = vscode.Uri.joinPath(fromUri, '..', reference);
        const folder = vscode.workspace.getWorkspaceFolder(uri);
        if (folder === undefined) {
          return { status: 'refused', message: `${reference} lies outside the workspace.` };
        }
        return open(uri);
      }
      await index.ready();
      const found = index.named(reference).map(({ place }) => place);
      const [only] = found;
      if (only === undefined) return { status: 'not-found' };
      return found.length === 1
        ? open(only)
        : { status: 'ambiguous', paths: found.map(({ fsPath }) => fsPath) };
    },
  };
}
