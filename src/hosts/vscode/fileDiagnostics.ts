import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { Diagnostic } from '../../core/domain/diagnostic.ts';
import type { ParsedFile } from '../../core/domain/parsedFile.ts';
import { duplicateNameDiagnostic } from './duplicateNames.ts';
import { loadLanguage } from './language.ts';
import type { ParseCache } from './parseCache.ts';
import { isPromptFile } from './promptFilePattern.ts';
import type { PromptIndex } from './promptIndex.ts';
import { toEditorDiagnostic } from './toEditorRange.ts';

const typingPauseMs = 150;

/**
 * Squiggles: what is wrong with each open prompt file, and names that several files share, open or not. Remembers the
 * findings shown, so that quick fixes need no second look.
 */
export class FileDiagnostics implements vscode.Disposable {
  private readonly index: PromptIndex;
  private readonly cache: ParseCache;
  private readonly collection = vscode.languages.createDiagnosticCollection('promptly');
  private readonly findings = new Map<string, readonly Diagnostic[]>();
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly disposables: { dispose(): unknown }[];
  private sharingName: readonly vscode.Uri[] = [];

  constructor(index: PromptIndex, cache: ParseCache) {
    this.index = index;
    this.cache = cache;
    this.disposables = [
      this.collection,
      index.onDidChange(() => void this.recheckNames()),
      vscode.workspace.onDidOpenTextDocument((document) => void this.check(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.checkSoon(document)),
      vscode.workspace.onDidCloseTextDocument((document) => void this.closed(document)),
    ];
    for (const document of vscode.workspace.textDocuments) void this.check(document);
  }

  /** What was found in the file at its last check. */
  of(uri: vscode.Uri): readonly Diagnostic[] {
    return this.findings.get(uri.toString()) ?? [];
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
    if (document.version !== version) return; // A newer check is on its way.
    this.show(document.uri, [...file.diagnostics, ...this.sharedName(document.uri, file)]);
  }

  private async closed(document: vscode.TextDocument): Promise<void> {
    if (!isPromptFile(document.uri)) return;
    this.show(document.uri, []);
    if (this.sharingName.some((uri) => uri.toString() === document.uri.toString()))
      await this.checkClosed(document.uri);
  }

  /** Names are checked over the whole workspace: both files of a pair say so, open or not. */
  private async recheckNames(): Promise<void> {
    const before = this.sharingName;
    this.sharingName = this.index.duplicates().flatMap((entries) => entries.map((entry) => entry.place));
    const open = new Map(
      vscode.workspace.textDocuments.map((document) => [document.uri.toString(), document]),
    );
    const affected = new Map([...before, ...this.sharingName].map((uri) => [uri.toString(), uri]));
    for (const [key, uri] of affected) {
      const document = open.get(key);
      await (document === undefined || document.isClosed ? this.checkClosed(uri) : this.check(document));
    }
  }

  private async checkClosed(uri: vscode.Uri): Promise<void> {
    const text = await readFile(uri.fsPath, 'utf8').catch(() => undefined);
    if (text === undefined) {
      this.show(uri, []);
      return;
    }
    const file = (await loadLanguage()).parsePromptFile(text, uri.fsPath);
    this.show(uri, this.sharedName(uri, file));
  }

  private sharedName(uri: vscode.Uri, file: ParsedFile): readonly Diagnostic[] {
    const others = this.index.named(file.name).filter((entry) => entry.key !== uri.toString());
    if (others.length === 0 || this.index.get(uri) === undefined) return [];
    return [duplicateNameDiagnostic(file, others)];
  }

  private show(uri: vscode.Uri, findings: readonly Diagnostic[]): void {
    if (findings.length === 0) this.findings.delete(uri.toString());
    else this.findings.set(uri.toString(), findings);
    this.collection.set(uri, findings.map(toEditorDiagnostic));
  }
}
