import * as vscode from 'vscode';
import type { PromptKind } from '../../../core/domain/promptFile.ts';
import type { OutlineType } from '../../../core/pipeline/language.ts';
import { t } from '../l10n.ts';
import { loadLanguage } from '../language.ts';
import type { PromptIndex } from '../promptIndex.ts';
import type { RunRegistry } from '../run/runRegistry.ts';
import { toEditorRange } from '../toEditorRange.ts';
import { markdownOf } from './markdownOf.ts';
import {
  groupsOf,
  partsOf,
  shownPartsLimit,
  type FileNode,
  type GroupNode,
  type NoteNode,
  type PartNode,
  type PromptNode,
} from './promptNodes.ts';
import type { Tree } from './tree.ts';

/** A longer group would fill the view: it is opened by who wants to see it. */
const openGroupLimit = 200;

const groupLabels: Record<PromptKind, () => string> = {
  prompt: () => t('Prompts'),
  skill: () => t('Skills'),
  chain: () => t('Chains'),
  abtest: () => t('A/B Tests'),
};
const kindIcons: Record<PromptKind, string> = {
  prompt: 'comment',
  skill: 'mortar-board',
  chain: 'list-ordered',
  abtest: 'beaker',
};
const partIcons: Partial<Record<OutlineType, string>> = {
  step: 'debug-step-over',
  variant: 'versions',
  case: 'checklist',
  'data-file': 'table',
};

/** The workspace's prompt files by kind, each with its steps, variants and test cases. */
export class PromptTree implements Tree {
  private readonly index: PromptIndex;
  private readonly registry: RunRegistry;
  private readonly changed = new vscode.EventEmitter<PromptNode | undefined>();
  private readonly disposables: readonly { dispose(): unknown }[];
  readonly onDidChange = this.changed.event;

  constructor({ index, registry }: { readonly index: PromptIndex; readonly registry: RunRegistry }) {
    this.index = index;
    this.registry = registry;
    this.disposables = [
      this.changed,
      index.onDidChange(() => this.refresh()),
      registry.onDidChange(() => this.refresh()),
      // The index speaks of names and kinds alone; what a file holds changes with its text.
      vscode.workspace.onDidSaveTextDocument(({ uri }) => {
        if (index.get(uri) !== undefined) this.refresh();
      }),
    ];
  }

  async children(node?: PromptNode): Promise<readonly PromptNode[]> {
    await this.index.ready();
    const all = this.index.all();
    if (node === undefined) return groupsOf(all);
    if (node.type === 'group') {
      return all
        .filter(({ header }) => header.kind === node.kind)
        .map(({ header, place }) => {
          const isShared = this.index.named(header.name).length > 1;
          return { type: 'file', uri: place, header, isShared };
        });
    }
    return node.type === 'file' ? this.parts(node) : [];
  }

  item(node: PromptNode): vscode.TreeItem {
    switch (node.type) {
      case 'group':
        return groupItem(node);
      case 'file':
        return fileItem(node, this.registry.isRunning(node.uri));
      case 'part':
        return partItem(node);
      case 'note':
        return noteItem(node);
    }
  }

  refresh(): void {
    this.changed.fire(undefined);
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }

  private async parts({ uri, header }: FileNode): Promise<readonly PromptNode[]> {
    const { outlinePromptFile, parsePromptFile, maxFileBytes } = await loadLanguage();
    const text = await textOf(uri);
    const note = (words: string): NoteNode => ({ type: 'note', text: words, id: uri.toString() });
    if (text === undefined || text.length > maxFileBytes) return [note(t('This file cannot be read.'))];
    const outline = outlinePromptFile(text, uri.fsPath);
    const parts = partsOf(uri, outline, parsePromptFile(text, uri.fsPath));
    if (parts.length === 0) {
      const none: Record<PromptKind, () => string> = {
        prompt: () => t('No test cases yet'),
        skill: () => t('No test cases yet'),
        chain: () => t('No steps yet'),
        abtest: () => t('No variants yet'),
      };
      return [note(none[header.kind]())];
    }
    const more = parts.length - shownPartsLimit;
    return [...parts.slice(0, shownPartsLimit), ...(more > 0 ? [note(t('{0} more in the file', more))] : [])];
  }
}

/** As it stands in an editor, saved or not; else from the disk, without opening it. */
async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open !== undefined) return open.getText();
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}

function groupItem({ kind, count }: GroupNode): vscode.TreeItem {
  const { Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(groupLabels[kind](), count > openGroupLimit ? Collapsed : Expanded);
  item.id = `group:${kind}`;
  item.description = String(count);
  item.contextValue = 'promptly.group';
  item.accessibilityInformation = { label: `${groupLabels[kind]()}, ${count}` };
  return item;
}

function fileItem({ uri, header, isShared }: FileNode, isRunning: boolean): vscode.TreeItem {
  const { kind, name, description, tags } = header;
  const place = vscode.workspace.asRelativePath(uri);
  const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = uri.toString();
  item.resourceUri = uri;
  item.description = isShared || description === undefined ? place : description;
  item.iconPath = new vscode.ThemeIcon(isRunning ? 'loading~spin' : kindIcons[kind]);
  item.tooltip = markdownOf([
    { bold: name },
    ...(description === undefined ? [] : [description]),
    ...(tags.length === 0 ? [] : [t('Tags: {0}', tags.join(', '))]),
    ...(isShared ? [t('Another file has this name, too.')] : []),
    { code: place },
  ]);
  item.contextValue = `promptly.file;${kind}${isRunning ? ';running' : ''}`;
  item.command = { command: 'vscode.open', title: t('Open'), arguments: [uri] };
  const state = isRunning ? `, ${t('running')}` : '';
  item.accessibilityInformation = { label: `${name}, ${kind}, ${description ?? place}${state}` };
  return item;
}

function partItem(node: PartNode): vscode.TreeItem {
  const { uri, part, name, detail, range, index, inputs } = node;
  const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.None);
  item.id = `${uri.toString()}#${part}${index}`;
  item.description = detail;
  item.iconPath = new vscode.ThemeIcon(partIcons[part] ?? 'symbol-misc');
  item.tooltip = markdownOf([{ bold: name }, ...(detail === '' ? [] : [detail])]);
  item.contextValue = `promptly.part;${part}${inputs === undefined ? '' : ';runs'}`;
  const selection = toEditorRange(range);
  const target =
    part === 'data-file'
      ? { uri: vscode.Uri.joinPath(uri, '..', name), options: {} }
      : { uri, options: { selection: new vscode.Range(selection.start, selection.start) } };
  item.command = { command: 'vscode.open', title: t('Open'), arguments: [target.uri, target.options] };
  item.accessibilityInformation = { label: [name, detail].filter(Boolean).join(', ') };
  return item;
}

function noteItem({ text, id }: NoteNode): vscode.TreeItem {
  const item = new vscode.TreeItem('', vscode.TreeItemCollapsibleState.None);
  item.id = `${id}#note`;
  item.description = text;
  item.tooltip = text;
  item.contextValue = 'promptly.note';
  item.accessibilityInformation = { label: text };
  return item;
}
