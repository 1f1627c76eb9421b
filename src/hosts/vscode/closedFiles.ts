import { readFile, stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { ParsedFile } from '../../core/domain/parsedFile.ts';
import { loadLanguage } from './language.ts';
import { isPromptFile, promptFileGlob } from './promptFilePattern.ts';

/** Prompt files as they are on disk, for checks that need more than the open ones. Parsed once until they change. */
export class ClosedFiles implements vscode.Disposable {
  private readonly parsed = new Map<string, Promise<ParsedFile | undefined>>();
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly disposables: { dispose(): unknown }[] = [this.changed];

  /** A file that was asked for is another now, or gone. */
  readonly onDidChange = this.changed.event;

  constructor() {
    const watcher = vscode.workspace.createFileSystemWatcher(promptFileGlob);
    const forget = (uri: vscode.Uri): void => {
      if (this.parsed.delete(uri.toString())) this.changed.fire();
    };
    this.disposables.push(
      watcher,
      watcher.onDidCreate(forget),
      watcher.onDidChange(forget),
      watcher.onDidDelete(forget),
    );
  }

  /** undefined when it cannot be read. */
  parse(uri: vscode.Uri): Promise<ParsedFile | undefined> {
    const known = this.parsed.get(uri.toString());
    if (known !== undefined) return known;
    const parsed = read(uri);
    this.parsed.set(uri.toString(), parsed);
    return parsed;
  }

  dispose(): void {
    for (const disposable of this.disposables) disposable.dispose();
  }
}

async function read(uri: vscode.Uri): Promise<ParsedFile | undefined> {
  if (!isPromptFile(uri)) return undefined;
  const { parsePromptFile, maxFileBytes } = await loadLanguage();
  try {
    if ((await stat(uri.fsPath)).size > maxFileBytes) return undefined;
    return parsePromptFile(await readFile(uri.fsPath, 'utf8'), uri.fsPath);
  } catch {
    return undefined;
  }
}
