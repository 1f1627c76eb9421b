import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { FileHeader } from '../../core/domain/parsedFile.ts';
import { loadLanguage } from './language.ts';
import { excludedGlob, isPromptFile, promptFileGlob } from './promptFilePattern.ts';
import { PromptTable, type TableEntry } from './promptTable.ts';

export type IndexedPrompt = TableEntry<vscode.Uri>;

/** Enough to keep the disk busy, few enough to leave the editor's own reads room. */
const concurrentReads = 32;
const settleMs = 150;
/** Longer texts are refused by the parser; their header is guessed from the start. */
const readLimitBytes = 1024 * 1024;

/**
 * The prompt files of the workspace, by name. Follows files as they are added, changed, renamed and deleted, on disk and
 * unsaved, in every workspace folder. Starts scanning at once and never blocks: ask `ready` before relying on absence.
 */
export class PromptIndex implements vscode.Disposable {
  private readonly log: vscode.LogOutputChannel;
  private readonly table = new PromptTable<vscode.Uri>();
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly disposables: { dispose(): unknown }[] = [this.changed];
  private readonly pending = new Map<string, vscode.Uri>();
  private settleTimer: NodeJS.Timeout | undefined;
  private scans: Promise<unknown>;

  readonly onDidChange = this.changed.event;

  constructor(log: vscode.LogOutputChannel) {
    this.log = log;
    this.watch();
    this.scans = this.scan(promptFileGlob);
  }

  /** Resolves when every scan begun so far is done. */
  async ready(): Promise<void> {
    await this.scans;
  }

  all(): readonly IndexedPrompt[] {
    return this.table.all();
  }

  named(name: string): readonly IndexedPrompt[] {
    return this.table.named(name);
  }

  get(uri: vscode.Uri): IndexedPrompt | undefined {
    return this.table.get(uri.toString());
  }

  duplicates(): readonly (readonly IndexedPrompt[])[] {
    return this.table.duplicates();
  }

  dispose(): void {
    clearTimeout(this.settleTimer);
    for (const disposable of this.disposables) disposable.dispose();
  }

  private watch(): void {
    const files = vscode.workspace.createFileSystemWatcher(promptFileGlob);
    // A folder that comes or goes is told as one event, without its files.
    const folders = vscode.workspace.createFileSystemWatcher('**', false, true, false);
    this.disposables.push(
      files,
      folders,
      files.onDidCreate((uri) => this.enqueue(uri)),
      files.onDidChange((uri) => this.enqueue(uri)),
      files.onDidDelete((uri) => this.enqueue(uri)),
      folders.onDidCreate((uri) => void this.folderAppeared(uri)),
      folders.onDidDelete((uri) => this.folderVanished(uri)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.documentChanged(document)),
      vscode.workspace.onDidOpenTextDocument((document) => this.documentChanged(document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.documentChanged(document)),
      vscode.workspace.onDidChangeWorkspaceFolders((event) => this.foldersChanged(event)),
    );
  }

  private documentChanged(document: vscode.TextDocument): void {
    if (isPromptFile(document.uri)) this.enqueue(document.uri);
  }

  private foldersChanged(event: vscode.WorkspaceFoldersChangeEvent): void {
    for (const folder of event.removed) this.folderVanished(folder.uri);
    for (const folder of event.added)
      this.track(this.scan(new vscode.RelativePattern(folder, promptFileGlob)));
  }

  private folderVanished(uri: vscode.Uri): void {
    const prefix = `${uri.toString()}/`;
    for (const key of [...this.table.keys()]) {
      const entry = this.table.get(key);
      if (entry !== undefined && key.startsWith(prefix)) this.enqueue(entry.place);
    }
  }

  private async folderAppeared(uri: vscode.Uri): Promise<void> {
    // Asking the disk about every new file would be dear when a package manager makes fifty thousand.
    const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
    if (name.includes('.') || /\/(node_modules|\.git|\.promptly)(\/|$)/.test(uri.path)) return;
    const entry = await vscode.workspace.fs.stat(uri).then(undefined, () => undefined);
    if (entry?.type === vscode.FileType.Directory) {
      this.track(this.scan(new vscode.RelativePattern(uri, promptFileGlob)));
    }
  }

  private track(work: Promise<unknown>): void {
    this.scans = Promise.all([this.scans, work]);
  }

  private enqueue(uri: vscode.Uri): void {
    if (!isPromptFile(uri)) return;
    this.pending.set(uri.toString(), uri);
    this.settleTimer ??= setTimeout(() => {
      this.settleTimer = undefined;
      const uris = [...this.pending.values()];
      this.pending.clear();
      this.track(this.readAll(uris));
    }, settleMs);
  }

  private async scan(pattern: vscode.GlobPattern): Promise<void> {
    await this.readAll(await this.find(pattern));
  }

  /** A folder that goes while it is searched makes the search fail. What there was is told by events of its own. */
  private async find(pattern: vscode.GlobPattern): Promise<readonly vscode.Uri[]> {
    try {
      return await vscode.workspace.findFiles(pattern, excludedGlob);
    } catch (error) {
      this.log.warn('Prompt files could not be searched for.', error);
      return [];
    }
  }

  private async readAll(uris: readonly vscode.Uri[]): Promise<void> {
    let next = 0;
    const changes: boolean[] = [];
    const open = new Map(
      vscode.workspace.textDocuments.filter((it) => !it.isClosed).map((it) => [it.uri.toString(), it]),
    );
    const worker = async (): Promise<void> => {
      for (let uri = uris[next++]; uri !== undefined; uri = uris[next++]) {
        changes.push(await this.readOne(uri, open.get(uri.toString())));
      }
    };
    await Promise.all(Array.from({ length: Math.min(concurrentReads, uris.length) }, worker));
    if (changes.includes(true)) this.changed.fire();
  }

  private async readOne(uri: vscode.Uri, document: vscode.TextDocument | undefined): Promise<boolean> {
    const key = uri.toString();
    // A file outside every folder (opened by itself) is no part of the workspace.
    if (vscode.workspace.getWorkspaceFolder(uri) === undefined) return this.table.delete(key);
    const text = document?.getText() ?? (await readText(uri));
    if (text === undefined) return this.table.delete(key);
    const header: FileHeader = (await loadLanguage()).scanHeader(text, uri.fsPath);
    return this.table.set(key, header, uri);
  }
}

/** undefined when the file is gone or cannot be read. */
async function readText(uri: vscode.Uri): Promise<string | undefined> {
  try {
    // Several times quicker than through the editor, which matters for thousands.
    if (uri.scheme === 'file') {
      const bytes = await readFile(uri.fsPath);
      return bytes.length > readLimitBytes ? '' : bytes.toString('utf8');
    }
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}
