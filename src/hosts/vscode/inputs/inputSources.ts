import * as vscode from 'vscode';
import type { JsonValue } from '../../../core/domain/json.ts';
import { renderValue } from '../../../core/domain/template.ts';
import type { TestCase } from '../../../core/domain/testCase.ts';
import { t } from '../l10n.ts';
import type { StepItem } from './pickStep.ts';

/** An answer to one question, or a test case, which answers several. Read when chosen, not before. */
export type InputSource =
  | { readonly type: 'value'; readonly read: () => Promise<JsonValue | undefined> }
  | { readonly type: 'case'; readonly testCase: TestCase };
type SourceItem = StepItem<InputSource>;

const largestFileBytes = 1024 * 1024;

/** What a value can be taken from besides the keyboard. All are shown whatever is typed. */
export function inputSources(
  editor: vscode.TextEditor | undefined,
  promptFile: vscode.Uri,
  cases: readonly TestCase[],
  asked: readonly string[],
): readonly SourceItem[] {
  const selection = editor === undefined ? '' : editor.document.getText(editor.selection);
  const other = editor !== undefined && editor.document.uri.toString() !== promptFile.toString();
  return [
    ...(editor === undefined || selection === ''
      ? []
      : [textItem(`$(selection) ${t('Selection')}`, glimpse(selection), () => Promise.resolve(selection))]),
    ...(editor !== undefined && other
      ? [
          textItem(`$(file) ${t('Current file')}`, vscode.workspace.asRelativePath(editor.document.uri), () =>
            Promise.resolve(editor.document.getText()),
          ),
        ]
      : []),
    textItem(`$(clippy) ${t('Clipboard')}`, '', async () => vscode.env.clipboard.readText()),
    textItem(`$(folder-opened) ${t('File…')}`, '', readChosenFile),
    ...cases.map((testCase) => caseItem(testCase, asked)),
  ];
}

export function textItem(
  label: string,
  description: string,
  read: () => Promise<JsonValue | undefined>,
): SourceItem {
  return { label, description, alwaysShow: true, value: { type: 'value', read } };
}

function caseItem(testCase: TestCase, asked: readonly string[]): SourceItem {
  return {
    label: `$(beaker) ${testCase.id}`,
    description: [t('test case'), glimpse(caseWords(testCase, asked))].join(' · '),
    alwaysShow: true,
    value: { type: 'case', testCase },
  };
}

/** The values of what is asked for: the value alone where there is one, else each with its name. */
export function caseWords({ variables }: TestCase, asked: readonly string[]): string {
  const entries = Object.entries(variables).filter(([name]) => asked.includes(name));
  const texts = entries.map(([name, value]) => [name, renderValue(value)] as const);
  return texts.map(([name, text]) => (texts.length === 1 ? text : `${name}: ${text}`)).join(', ');
}

async function readChosenFile(): Promise<string | undefined> {
  const [uri] = (await vscode.window.showOpenDialog({ title: t('File to use as the value') })) ?? [];
  if (uri === undefined) return undefined;
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > largestFileBytes) {
    void vscode.window.showErrorMessage(t('{0} is larger than 1 MiB.', vscode.workspace.asRelativePath(uri)));
    return undefined;
  }
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

export const glimpse = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
};
