import * as vscode from 'vscode';
import { chooseFolder } from './chooseFolder.ts';
import { isThere } from './isThere.ts';
import { t } from './l10n.ts';

const startingText = (name: string): string => `name: ${name}
description: What this prompt is for, in one sentence.
messages:
  - role: system
    content: You are a careful assistant. Answer in plain words.
  - role: user
    content: |
      Summarise the following text in three sentences.

      {{text}}
variables:
  text:
    description: The text to summarise
testData:
  - text: The meeting moved from Monday to Wednesday because the room was taken.
    expected: The meeting is on Wednesday instead of Monday, as the room was not free.
`;

/** `Promptly: New Prompt File`: asks for a name, writes a prompt that runs as it is, and opens it. */
export async function newPromptFile(): Promise<void> {
  const folder = await chooseFolder();
  if (folder === undefined) return;
  const typed = await vscode.window.showInputBox({
    title: t('New prompt file'),
    prompt: t('Name, or path in the workspace folder, without .prompt.yaml'),
    value: 'prompts/my-prompt',
    valueSelection: [8, 17],
    validateInput: async (value) => {
      if (!isUsable(value)) return t('Use letters, digits, dots, dashes and slashes.');
      if (!(await isThere(fileOf(folder, value)))) return undefined;
      const message = t('This file is there already. Enter opens it as it is.');
      return { message, severity: vscode.InputBoxValidationSeverity.Info };
    },
  });
  if (typed === undefined) return;
  const relative = relativePath(typed);
  const uri = fileOf(folder, typed);
  if (!(await isThere(uri))) {
    const name = relative.slice(relative.lastIndexOf('/') + 1);
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(startingText(name)));
  }
  await vscode.window.showTextDocument(uri);
}

const relativePath = (typed: string): string => typed.trim().replace(/\.prompt\.ya?ml$/, '');

const fileOf = (folder: vscode.Uri, typed: string): vscode.Uri =>
  vscode.Uri.joinPath(folder, `${relativePath(typed)}.prompt.yaml`);

const isUsable = (value: string): boolean =>
  /^[\p{L}\p{N}_][\p{L}\p{N}_. -]*(\/[\p{L}\p{N}_][\p{L}\p{N}_. -]*)*$/u.test(value.trim());
