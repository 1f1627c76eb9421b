import * as vscode from 'vscode';

type Dialog = 'showQuickPick' | 'showSaveDialog' | 'showOpenDialog';
type Answer = (first: unknown, options: unknown) => unknown;

/** Answers pickers and dialogs as a person would: the editor has no way to do so from within. */
export class DialogAnswers {
  private readonly originals = new Map<string, unknown>();

  /** From now on, `answer` is what is chosen; the dialog itself is not shown. */
  set(dialog: Dialog, answer: Answer): void {
    if (!this.originals.has(dialog)) this.originals.set(dialog, Reflect.get(vscode.window, dialog));
    const reply = async (first: unknown, options: unknown): Promise<unknown> => answer(await first, options);
    Object.assign(vscode.window, { [dialog]: reply });
  }

  leave(): void {
    for (const [name, original] of this.originals) Object.assign(vscode.window, { [name]: original });
  }
}
