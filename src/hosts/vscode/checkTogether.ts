import path from 'node:path';
import * as vscode from 'vscode';
import type { Diagnostic } from '../../core/domain/diagnostic.ts';
import type { ParsedFile } from '../../core/domain/parsedFile.ts';
import type { KnownFile } from '../../core/pipeline/language.ts';
import type { ClosedFiles } from './closedFiles.ts';
import { loadLanguage } from './language.ts';
import type { IndexedPrompt, PromptIndex } from './promptIndex.ts';
import { isPath } from './referenceAt.ts';

/** Findings that take several files to see, and the file each list belongs to. */
export interface SharedFindings {
  readonly uri: vscode.Uri;
  readonly findings: readonly Diagnostic[];
}

/** What the open files and all others say of each other. Reads only the closed files that matter to it. */
export async function checkTogether(
  open: ReadonlyMap<string, ParsedFile>,
  index: PromptIndex,
  closed: ClosedFiles,
): Promise<ReadonlyMap<string, SharedFindings>> {
  // Before the first scan ends, a name that is not known yet is no mistake.
  await index.ready();
  const [{ checkReferences }, read] = await Promise.all([
    loadLanguage(),
    readClosed(await neededClosed(open, index, closed), closed),
  ]);
  const entries = index.all();
  const known = entries.map((entry): KnownFile => {
    const parsed = open.get(entry.key) ?? read.get(entry.key);
    const shownPath = vscode.workspace.asRelativePath(entry.place);
    const file = { path: entry.place.fsPath, shownPath, header: entry.header };
    if (parsed === undefined) return file;
    return { ...file, header: { ...entry.header, kind: parsed.kind, name: parsed.name }, parsed };
  });
  const byPath = new Map(entries.map((entry) => [entry.place.fsPath, entry]));
  const result = new Map<string, SharedFindings>();
  for (const [file, findings] of checkReferences(known, resolve)) {
    const entry = byPath.get(file);
    if (entry === undefined) continue;
    const shown = open.has(entry.key) ? findings : findings.filter(({ code }) => code === 'duplicate-name');
    if (shown.length > 0) result.set(entry.key, { uri: entry.place, findings: shown });
  }
  return result;
}

const resolve = (file: string, relative: string): string => path.resolve(path.dirname(file), relative);

/** Closed files whose contents count: those that share a name, and the chains that open chains lead to. */
async function neededClosed(
  open: ReadonlyMap<string, ParsedFile>,
  index: PromptIndex,
  closed: ClosedFiles,
): Promise<readonly IndexedPrompt[]> {
  const needed = new Map<string, IndexedPrompt>();
  const byPath = new Map(index.all().map((entry) => [entry.place.fsPath, entry]));
  const targets = (parsed: ParsedFile): readonly IndexedPrompt[] =>
    parsed.file?.kind === 'chain'
      ? parsed.file.steps.flatMap(({ use }) =>
          isPath(use) ? (byPath.get(resolve(parsed.path, use)) ?? []) : index.named(use),
        )
      : [];
  const waiting = [...open.values()].flatMap(targets);
  for (let entry = waiting.pop(); entry !== undefined; entry = waiting.pop()) {
    if (entry.header.kind !== 'chain' || open.has(entry.key) || needed.has(entry.key)) continue;
    needed.set(entry.key, entry);
    const parsed = await closed.parse(entry.place);
    if (parsed !== undefined) waiting.push(...targets(parsed));
  }
  const names = new Set([...open.values()].map(({ name }) => name));
  const sameName = [...index.duplicates(), ...[...names].map((name) => index.named(name))].flat();
  for (const entry of sameName) if (!open.has(entry.key)) needed.set(entry.key, entry);
  return [...needed.values()];
}

async function readClosed(
  entries: readonly IndexedPrompt[],
  closed: ClosedFiles,
): Promise<ReadonlyMap<string, ParsedFile>> {
  const read = new Map<string, ParsedFile>();
  for (const { key, place } of entries) {
    const parsed = await closed.parse(place);
    if (parsed !== undefined) read.set(key, parsed);
  }
  return read;
}
