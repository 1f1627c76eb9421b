import * as vscode from 'vscode';
import type { JsonValue } from '../../../core/domain/json.ts';
import { renderValue } from '../../../core/domain/template.ts';
import type { TestCase } from '../../../core/domain/testCase.ts';
import { t } from '../l10n.ts';
import { isPromptFile } from '../promptFilePattern.ts';
import type { StepItem } from './pickStep.ts';
import type { ReadText } from './readTextFile.ts';
import { readTextFile } from './readTextFile.ts';

/** An answer to one question, or a test case, which answers several. Texts are read when chosen, not before. */
export type InputSource =
  | { readonly type: 'value'; readonly value: JsonValue }
  | { readonly type: 'text'; readonly read: () => Promise<ReadText> }
  | { readonly type: 'case'; readonly testCase: TestCase };
type SourceItem = StepItem<InputSource>;

const tabsAtMost = 5;
/** What the editor shows besides files: output, comparisons, settings. */
const fileSchemes = new Set(['file', 'untitled', 'vscode-remote', 'vscode-vfs', 'vscode-userdata']);

/** What a value can be taken from besides the keyboard. All are shown whatever is typed. */
export function inputSources(
  promptFile: vscode.Uri,
  cases: readonly TestCase[],
  asked: readonly string[],
): readonly SourceItem[] {
  return [
    ...selections(),
    ...openFiles(promptFile),
    textItem(`$(clippy) ${t('Clipboard')}`, '', readClipboard),
    textItem(`$(folder-opened) ${t('File…')}`, '', readChosenFile),
    ...cases.map((testCase) => caseItem(testCase, asked)),
  ];
}

/** The selection of the editor in front, else those of the editors beside it. */
function selections(): readonly SourceItem[] {
  const selected = ({ document, selection }: vscode.TextEditor): string => document.getText(selection);
  const active = vscode.window.activeTextEditor;
  const inFront = active !== undefined && selected(active) !== '';
  const editors = inFront ? [active] : vscode.window.visibleTextEditors;
  return editors
    .map((editor) => ({ editor, text: selected(editor) }))
    .filter(({ text }) => text !== '')
    .map(({ editor, text }) =>
      textItem(
        `$(selection) ${inFront ? t('Selection') : t('Selection in {0}', nameOf(editor.document.uri))}`,
        glimpse(text),
        () => Promise.resolve({ text }),
      ),
    );
}

/** The file in front, unless it is the prompt itself, then those in other tabs that are no prompts. */
function openFiles(promptFile: vscode.Uri): readonly SourceItem[] {
  const inTabs = vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .flatMap(({ input }) => (input instanceof vscode.TabInputText ? [input.uri] : []));
  const current = vscode.window.activeTextEditor?.document.uri;
  const all = [...(current === undefined ? [] : [current]), ...inTabs.filter((uri) => !isPromptFile(uri))];
  const inputs = all.filter((uri) => fileSchemes.has(uri.scheme) && uri.toString() !== promptFile.toString());
  const offered = new Map(inputs.map((uri) => [uri.toString(), uri]));
  return [...offered.values()].slice(0, tabsAtMost).map((uri) => {
    const read = (): Promise<ReadText> => readTextFile(uri);
    return uri.toString() === current?.toString()
      ? textItem(`$(file) ${t('Current file')}`, nameOf(uri), read)
      : textItem(`$(file) ${nameOf(uri)}`, t('open file'), read);
  });
}

const nameOf = (uri: vscode.Uri): string =>
  uri.scheme === 'output' ? t('the output') : vscode.workspace.asRelativePath(uri);

export function textItem(label: string, description: string, read: () => Promise<ReadText>): SourceItem {
  return { label, description, alwaysShow: true, value: { type: 'text', read } };
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
function caseWords({ variables }: TestCase, asked: readonly string[]): string {
  const entries = Object.entries(variables).filter(([name]) => asked.includes(name));
  const texts = entries.map(([name, value]) => [name, renderValue(value)] as const);
  return texts.map(([name, text]) => (texts.length === 1 ? text : `${name}: ${text}`)).join(', ');
}

async function readClipboard(): Promise<ReadText> {
  const text = await vscode.env.clipboard.readText();
  return text === '' ? { problem: t('The clipboard holds no text.') } : { text };
}

async function readChosenFile(): Promise<ReadText> {
  const [uri] = (await vscode.window.showOpenDialog({ title: t('File to use as the value') })) ?? [];
  return uri === undefined ? undefined : readTextFile(uri);
}

export const glimpse = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
};
