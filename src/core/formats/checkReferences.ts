import { startOfFile } from '../domain/diagnostic.ts';
import type { Diagnostic, Range } from '../domain/diagnostic.ts';
import type { FileHeader, ParsedFile } from '../domain/parsedFile.ts';
import { metricNames } from './schema/fileSchemas.ts';
import { changeTo, didYouMean } from './suggest.ts';

/** A file among which references are looked up; the index's headers are enough. */
export interface KnownFile {
  readonly path: string;
  /** How messages name it; default: its path. */
  readonly shownPath?: string;
  readonly header: FileHeader;
  /** Present where the file was parsed; chains are followed only through parsed files. */
  readonly parsed?: ParsedFile;
}

/** `relative` against the folder of `file`, in the same notation as `KnownFile.path`. */
export type ResolvePath = (file: string, relative: string) => string;

/** The file that a `use`, variant or name means, or null: a path when it looks like one, else a name. */
export function findReferenced(
  reference: string,
  from: string,
  known: Iterable<KnownFile>,
  resolve: ResolvePath,
): KnownFile | null {
  const path = isPath(reference) ? resolve(from, reference) : null;
  for (const file of known) {
    if (path === null ? file.header.name === reference : file.path === path) return file;
  }
  return null;
}

const isPath = (reference: string): boolean => /^\.{1,2}[/\\]|\.ya?ml$/i.test(reference);

/**
 * What takes several files to see: names given twice, references to nothing, chains that contain themselves. Returns
 * the findings of each path that has any. Pure: hosts give the files and how their paths resolve.
 */
export function checkReferences(
  files: readonly KnownFile[],
  resolve: ResolvePath,
): ReadonlyMap<string, Diagnostic[]> {
  const found = new Map<string, Diagnostic[]>();
  const report = (path: string, diagnostic: Diagnostic): void => {
    const list = found.get(path);
    if (list === undefined) found.set(path, [diagnostic]);
    else list.push(diagnostic);
  };
  const byName = new Map<string, KnownFile[]>();
  for (const file of files) {
    const same = byName.get(file.header.name);
    if (same === undefined) byName.set(file.header.name, [file]);
    else same.push(file);
  }
  const byPath = new Map(files.map((file) => [file.path, file]));
  const target = (reference: string, from: string): KnownFile | undefined =>
    isPath(reference) ? byPath.get(resolve(from, reference)) : byName.get(reference)?.[0];

  for (const same of byName.values())
    if (same.length > 1) for (const file of same) report(file.path, duplicateName(file, same));
  for (const file of files) {
    const metric = unknownMetric(file, target);
    if (metric !== null) report(file.path, metric);
    for (const reference of referencesOf(file)) {
      const to = target(reference.text, file.path);
      if (to === undefined) report(file.path, unknownReference(reference, [...byName.keys()]));
      else if (to.header.kind === 'abtest') report(file.path, notRunnable(reference));
      else {
        const cycle = cycleThrough(file, to, target);
        if (cycle !== null) report(file.path, containsItself(reference, cycle));
      }
    }
  }
  return found;
}

interface Reference {
  readonly text: string;
  readonly range: Range;
}

function referencesOf({ parsed }: KnownFile): Reference[] {
  const file = parsed?.file;
  if (parsed === undefined || file === undefined || file === null) return [];
  if (file.kind === 'chain') {
    return file.steps.map(({ use }, index) => ({
      text: use,
      range: parsed.locate(['steps', index, 'use'], 'value'),
    }));
  }
  if (file.kind !== 'abtest') return [];
  return file.variants.flatMap(({ prompt, ref }, index) =>
    // At another revision the file may have had another place.
    ref === undefined ? [{ text: prompt, range: parsed.locate(['variants', index, 'prompt'], 'value') }] : [],
  );
}

function duplicateName(file: KnownFile, same: readonly KnownFile[]): Diagnostic {
  const others = same.filter((other) => other !== file);
  const message = `The name \`${file.header.name}\` is also that of ${others.map(shown).join(', ')}. Give one of them another \`name\`.`;
  const related = others.map((other) => ({
    path: other.path,
    range: nameRange(other),
    message: `Also called \`${file.header.name}\`.`,
  }));
  return { code: 'duplicate-name', severity: 'error', message, range: nameRange(file), related };
}

const shown = ({ path, shownPath }: KnownFile): string => shownPath ?? path;

const nameRange = ({ parsed }: KnownFile): Range => {
  const range = parsed?.locate(['name'], 'value');
  const isWholeFile = range === undefined || range.end.line > range.start.line;
  return isWholeFile ? startOfFile : range;
};

function unknownReference({ text, range }: Reference, names: readonly string[]): Diagnostic {
  const finding = { code: 'unknown-prompt', severity: 'error', range } as const;
  if (isPath(text)) {
    return { ...finding, message: `There is no prompt file at \`${text}\`, seen from this file.` };
  }
  const message = `There is no prompt called \`${text}\`.${didYouMean(text, names)} A path begins with \`./\`.`;
  const { fix } = changeTo(text, names);
  if (fix === undefined) return { ...finding, message };
  return { ...finding, message, fix: { title: fix.title, edits: [{ range, newText: fix.newText }] } };
}

function notRunnable({ text, range }: Reference): Diagnostic {
  const message = `\`${text}\` is an A/B test. Only a prompt, a skill or a chain can be run here.`;
  return { code: 'not-runnable', severity: 'error', message, range };
}

function containsItself({ range }: Reference, cycle: readonly string[]): Diagnostic {
  const message = `This chain contains itself: ${cycle.join(' → ')}. Take one of these steps out.`;
  return { code: 'chain-cycle', severity: 'error', message, range };
}

/** A test without evaluators of its own takes those of its first variant: its metric may be one of them. */
function unknownMetric(
  { path, parsed }: KnownFile,
  target: (reference: string, from: string) => KnownFile | undefined,
): Diagnostic | null {
  const test = parsed?.file;
  if (parsed === undefined || test?.kind !== 'abtest' || test.metric === undefined) return null;
  const [first] = test.variants;
  if (test.evaluators !== null || first === undefined || first.ref !== undefined) return null;
  const prompt = target(first.prompt, path)?.parsed?.file;
  if (prompt === undefined || prompt === null || prompt.kind === 'abtest') return null;
  const known = [...metricNames, ...prompt.evaluators.map(({ name }) => name)];
  if (known.includes(test.metric)) return null;
  const message = `\`${test.metric}\` is no metric and no evaluator of \`${prompt.name}\`, whose evaluators this test takes.${didYouMean(test.metric, known)} Known here: ${known.join(', ')}.`;
  return { code: 'unknown-metric', severity: 'error', message, range: parsed.locate(['metric'], 'value') };
}

/** The names from `start` over `next` back to `start`; null when no way leads back. Iterative: chains may be long. */
function cycleThrough(
  start: KnownFile,
  next: KnownFile,
  target: (reference: string, from: string) => KnownFile | undefined,
): string[] | null {
  if (start.header.kind !== 'chain') return null;
  const seen = new Set<KnownFile>();
  const open = [{ file: next, names: [start.header.name, next.header.name] }];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (at.file === start) return at.names;
    if (seen.has(at.file)) continue;
    seen.add(at.file);
    if (at.file.header.kind !== 'chain') continue;
    for (const { text } of referencesOf(at.file)) {
      const to = target(text, at.file.path);
      if (to !== undefined) open.push({ file: to, names: [...at.names, to.header.name] });
    }
  }
  return null;
}
