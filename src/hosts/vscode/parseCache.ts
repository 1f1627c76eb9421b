import type * as vscode from 'vscode';
import type { ParsedFile } from '../../core/domain/parsedFile.ts';
import { loadLanguage } from './language.ts';

/** One parse per version of a document, shared by lenses, diagnostics, completion and runs. */
export class ParseCache {
  private readonly parsed = new WeakMap<
    vscode.TextDocument,
    { version: number; file: Promise<ParsedFile> }
  >();

  parse(document: vscode.TextDocument): Promise<ParsedFile> {
    const known = this.parsed.get(document);
    if (known?.version === document.version) return known.file;
    const text = document.getText();
    const file = loadLanguage().then((language) => language.parsePromptFile(text, document.uri.fsPath));
    this.parsed.set(document, { version: document.version, file });
    return file;
  }
}
