import type { Diagnostic } from '../domain/diagnostic.ts';
import type { ParsedFile } from '../domain/parsedFile.ts';
import type { FileDiagnostic } from '../domain/runPlan.ts';
import { FileError } from '../ports/fileSystem.ts';
import { checkReferences } from '../formats/checkReferences.ts';
import { checkNamedFiles } from './checkNamedFiles.ts';
import type { NamedFilesOptions } from './checkNamedFiles.ts';
import { checkPatterns } from './checkPatterns.ts';
import { readPromptFile } from './readPromptFile.ts';

export interface CheckOptions extends NamedFilesOptions {
  /** How messages name a file; default: its path. */
  readonly shownPath?: (path: string) => string;
}

/** Enough to keep a disk busy, far below what systems allow to be open at once. */
const filesAtOnce = 16;

/**
 * Everything that is wrong with the prompt files of a workspace: each alone, its regular expressions, the files it
 * names, and all of them together. `paths` are absolute. A file that cannot be read is a finding, one that has gone
 * meanwhile is none; nothing is thrown. In the order of `paths`, then of the lines.
 */
export async function checkPromptFiles(
  paths: readonly string[],
  options: CheckOptions,
): Promise<FileDiagnostic[]> {
  const read = await mapBounded(paths, (path) => readAlone(path, options));
  const known = read.flatMap(({ path, parsed }) =>
    parsed === null
      ? []
      : [
          {
            path,
            shownPath: options.shownPath?.(path) ?? path,
            header: { kind: parsed.kind, name: parsed.name, tags: [] },
            parsed,
          },
        ],
  );
  const together = checkReferences(known, (file, relative) => options.files.resolve(file, relative));
  return read.flatMap(({ path, findings }) =>
    [...findings, ...(together.get(path) ?? [])]
      .toSorted((a, b) => a.range.start.line - b.range.start.line)
      .map((finding) => ({ ...finding, path })),
  );
}

interface ReadAlone {
  readonly path: string;
  readonly parsed: ParsedFile | null;
  readonly findings: readonly Diagnostic[];
}

async function readAlone(path: string, options: CheckOptions): Promise<ReadAlone> {
  const parsed = await readPromptFile(path, options.files).catch((error: unknown) => {
    if (FileError.is(error)) return null;
    throw error;
  });
  if (parsed === null) return { path, parsed: null, findings: [] };
  const more = [...(await checkPatterns(parsed)), ...(await checkNamedFiles(parsed, options))];
  return { path, parsed, findings: [...parsed.diagnostics, ...more] };
}

/** `work` on every item, a few at once; results in the order of the items. */
export async function mapBounded<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) {
      results[index] = await work(items[index] as T);
    }
  };
  await Promise.all(Array.from({ length: Math.min(filesAtOnce, items.length) }, worker));
  return results;
}
