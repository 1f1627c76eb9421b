// Export and import in the editor; an entry point of its own in esbuild.mjs, loaded on first use.
import * as vscode from 'vscode';
import type { PromptLookup } from '../../../core/ports/promptLookup.ts';
import type { Sharing } from '../../../sharing.ts';
import { readEditorSettings } from '../editorSettings.ts';
import { t, translateWith } from '../l10n.ts';
import type { PromptIndex } from '../promptIndex.ts';
import { toRunTarget } from '../run/runTarget.ts';
import { exportPrompts } from './exportPrompts.ts';
import { importPrompts } from './importPrompts.ts';
import { SharedDocuments } from './sharedDocuments.ts';

export interface SharingParts {
  readonly index: PromptIndex;
  readonly prompts: PromptLookup;
  readonly context: vscode.ExtensionContext;
}

export interface SharingCommands {
  /** `Promptly: Export Prompts…`. `argument` and `more`: what the explorer gives, or URIs. */
  exportPrompts(argument: unknown, more: unknown): Promise<void>;
  /** `Promptly: Import Prompts…` */
  importPrompts(argument: unknown, more: unknown): Promise<void>;
}

/** What both need. */
export interface SharingDesk {
  readonly index: PromptIndex;
  readonly documents: SharedDocuments;
  /** Null where the folder is on no disk; then it says so. */
  open(folder: vscode.Uri): Promise<Sharing | null>;
}

export function createSharingCommands({ index, prompts, context }: SharingParts): SharingCommands {
  // This bundle has a copy of its own of what translates.
  translateWith((message, ...values) => vscode.l10n.t(message, ...values));
  const documents = new SharedDocuments();
  context.subscriptions.push(documents);
  const desk: SharingDesk = {
    index,
    documents,
    async open(folder) {
      if (folder.scheme !== 'file') {
        void vscode.window.showErrorMessage(
          t('Only a folder on disk can be exported from or imported into.'),
        );
        return null;
      }
      const { openSharing } = await import('../../../sharing.ts');
      const { skillFileLimitBytes } = readEditorSettings(folder.fsPath);
      return openSharing({ folder: folder.fsPath, prompts, skillFileLimitBytes });
    },
  };
  return {
    exportPrompts: (argument, more) => exportPrompts(desk, urisOf(argument, more)),
    importPrompts: (argument, more) => importPrompts(desk, urisOf(argument, more)),
  };
}

/** From the explorer or the Promptly view: the file under the pointer, and all that are selected. */
function urisOf(argument: unknown, more: unknown): vscode.Uri[] {
  const all = Array.isArray(more) && more.length > 0 ? more : [argument];
  return all.flatMap((each) => toRunTarget(each).uri ?? []);
}
