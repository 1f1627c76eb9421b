import * as vscode from 'vscode';
import type { Diagnostic } from '../../core/domain/diagnostic.ts';
import type { ParsedFile } from '../../core/domain/parsedFile.ts';
import type { FileSystem } from '../../core/ports/fileSystem.ts';
import { checkTogether } from './checkTogether.ts';
import type { SharedFindings } from './checkTogether.ts';
import { ClosedFiles } from './closedFiles.ts';
import { readEditorSettings } from './editorSettings.ts';
import { loadLanguage } from './language.ts';
import type { ParseCache } from './parseCache.ts';
import { isPromptFile } from './promptFilePattern.ts';
import type { PromptIndex } from './promptIndex.ts';
import { toEditorDiagnostic } from './toEditorRange.ts';

const typingPauseMs = 150;

/**
 * Squiggles: what is wrong with each open prompt file, alone and beside the others, and names that several files share,
 * open or not. Remembers the findings shown, so that quick fixes need no second look.
 */
export class FileDiagnostics implements vscode.Disposable {
  private readonly index: PromptIndex;
  private readonly cache: ParseCache;
  private readonly disk: FileSystem;
  private readonly closedFiles = new ClosedFiles();
  private readonly collection = vscode.languages.createDiagnosticCollection('promptly');
  /** By file: what it says alone. Only open files have an entry. */
  private readonly own = new Map<string, readonly Diagnostic[]>();
  /** By file: what it takes others to see. */
  private shared: ReadonlyMap<string, SharedFindings> = new Map();
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly disposables: { dispose(): unknown }[];
  private comparing = false;
  private compareAgain = false;

  constructor(index: PromptIndex, cache: ParseCache, disk: FileSystem) {
    this.index = index;
    this.disk = disk;
    this.cache = cache;
    this.disposables = [
      this.collection,
      this.closedFiles,
      index.onDidChange(() => void this.compare()),
      this.closedFiles.onDidChange(() => void this.compare()),
      vscode.workspace.onDidOpenTextDocument((document) => void this.check(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.checkSoon(document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.closed(document)),
    ];
    for (const document of vscode.workspace.textDocuments) void this.check(document);
  }

  /** What was found in the file at its last check. */
  of(uri: vscode.Uri): readonly Diagnostic[] {
    const key = uri.toString();
    return [...(this.own.get(key) ?? []), ...(this.shared.get(key)?.findings ?? [])];
  }

  dispose(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    for (const disposable of this.disposables) disposable.dispose();
  }

  private checkSoon(document: vscode.TextDocument): void {
    if (!isPromptFile(document.uri)) return;
    const key = document.uri.toString();
    clearTimeout(this.timers.get(key));
    const timer = setTimeout(() => {
      this.timers.delete(key);
      void this.check(document);
    }, typingPauseMs);
    this.timers.set(key, timer);
  }

  private async check(document: vscode.TextDocument): Promise<void> {
    if (!isPromptFile(document.uri) || document.isClosed) return;
    const version = document.version;
    const file = await this.cache.parse(document);
    const more = await this.checkOutside(document.uri, file);
    // A newer check is on its way, or nobody looks any more.
    if (document.version !== version || isClosed(document)) return;
    this.own.set(document.uri.toString(), [...file.diagnostics, ...more]);
    this.show(document.uri);
    await this.compare();
  }

  /** What it takes more than the text to see: regular expressions, and the files it names. */
  private async checkOutside(uri: vscode.Uri, file: ParsedFile): Promise<readonly Diagnostic[]> {
    const { checkNamedFiles, checkPatterns } = await loadLanguage();
    const patterns = await checkPatterns(file);
    const folder = vscode.workspace.getWorkspaceFolder(uri);
    if (folder === undefined || uri.scheme !== 'file') return patterns;
    const { skillFileLimitBytes } = readEditorSettings(uri.fsPath);
    const options = { files: this.disk, workspaceFolder: folder.uri.fsPath, skillFileLimitBytes };
    return [...patterns, ...(await checkNamedFiles(file, options))];
  }

  private closed(document: vscode.TextDocument): void {
    if (!isPromptFile(document.uri)) return;
    this.own.delete(document.uri.toString());
    this.show(document.uri);
    void this.compare();
  }

  /** Looks at the files side by side; one comparison at a time, and another when something happened meanwhile. */
  private async compare(): Promise<void> {
    this.compareAgain = true;
    if (this.comparing) return;
    this.comparing = true;
    try {
      while (this.compareAgain) {
        this.compareAgain = false;
        const before = this.shared;
        this.shared = await checkTogether(await this.openFiles(), this.index, this.closedFiles);
        const places = [...before.values(), ...this.shared.values()].map(({ uri }) => uri);
        for (const uri of new Map(places.map((each) => [each.toString(), each])).values()) this.show(uri);
      }
    } finally {
      this.comparing = false;
    }
  }

  private async openFiles(): Promise<ReadonlyMap<string, ParsedFile>> {
    const open = vscode.workspace.textDocuments.filter(
      (document) => !document.isClosed && isPromptFile(document.uri),
    );
    return new Map(
      await Promise.all(
        open.map(async (document) => [document.uri.toString(), await this.cache.parse(document)] as const),
      ),
    );
  }

  private show(uri: vscode.Uri): void {
    this.collection.set(uri, this.of(uri).map(toEditorDiagnostic));
  }
}

/** Asked anew: a document may be closed while one waits. */
const isClosed = (document: vscode.TextDocument): boolean => document.isClosed;
