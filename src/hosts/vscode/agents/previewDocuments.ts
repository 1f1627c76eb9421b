import * as vscode from 'vscode';
import { TransientDocuments } from '../transientDocuments.ts';

/** Menus ask for it: see `editor/title` in package.json. */
const previewScheme = 'promptly-preview';

/** Texts that are in no file yet, to be compared with one that is. */
export class PreviewDocuments extends TransientDocuments {
  constructor() {
    super(previewScheme);
  }

  async compare(left: vscode.Uri, right: vscode.Uri, title: string): Promise<void> {
    await vscode.commands.executeCommand('vscode.diff', left, right, title, { preview: true });
  }
}
