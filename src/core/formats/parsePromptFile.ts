import { startOfFile } from '../domain/diagnostic.ts';
import type { Diagnostic } from '../domain/diagnostic.ts';
import type { JsonValue } from '../domain/json.ts';
import type { ParsedFile } from '../domain/parsedFile.ts';
import { promptKinds } from '../domain/promptFile.ts';
import type { PromptFile, PromptKind } from '../domain/promptFile.ts';
import { variablesOf } from '../domain/template.ts';
import { baseNameOf } from './baseNameOf.ts';
import { checkAbTest } from './checks/checkAbTest.ts';
import { checkChain } from './checks/checkChain.ts';
import { checkEvaluators } from './checks/checkEvaluators.ts';
import { checkModelParameters } from './checks/checkModelParameters.ts';
import { checkPaths } from './checks/checkPaths.ts';
import { checkTemplates } from './checks/checkTemplates.ts';
import { checkVariables } from './checks/checkVariables.ts';
import { guessHeader } from './guessHeader.ts';
import { headerFromTree } from './headerFromTree.ts';
import { FindingCollector } from './normalise/context.ts';
import { toPromptFile } from './normalise/toPromptFile.ts';
import { didYouMean, nearest } from './suggest.ts';
import { templatesIn } from './templatesIn.ts';
import { validate } from './validate.ts';
import { readYaml } from './yaml/readYaml.ts';
import type { YamlTree } from './yaml/readYaml.ts';

/** A prompt file may have at most this many bytes (UTF-8). */
export const maxFileBytes = 1024 * 1024;

/**
 * Reads a prompt file. Never throws, whatever the text: what is wrong is in `diagnostics`, with its place and how to
 * mend it; `file` is null when an error makes the file unusable. `path` is kept as given; its base name is the default
 * name. Checks what one file can show; see `checkReferences` for what takes several.
 */
export function parsePromptFile(text: string, path: string): ParsedFile {
  if (isTooLarge(text)) return tooLargeFile(text, path);
  const tree = readYaml(text);
  const baseName = baseNameOf(path);
  const collector = new FindingCollector(tree, baseName);
  collector.diagnostics.push(...tree.diagnostics);
  const header = headerOf(tree, text, path);
  const root = checkRoot(tree, text);
  if (root !== null) collector.diagnostics.push(root);
  const usable = root === null && !tree.diagnostics.some(({ severity }) => severity === 'error');
  let read: Read = { file: null, variablesUsed: [] };
  if (root === null && tree.value !== null) {
    const kindProblem = checkKind(tree);
    if (kindProblem !== null) collector.diagnostics.push(kindProblem);
    const structural = kindProblem === null ? validate(header.kind, tree) : [];
    collector.diagnostics.push(...withoutEchoes(structural, tree));
    if (kindProblem === null && !structural.some(({ severity }) => severity === 'error')) {
      read = readFile(header.kind, collector);
    }
  }
  return {
    path,
    text,
    ...header,
    file: usable && !collector.refused ? read.file : null,
    diagnostics: inOrder(collector.diagnostics),
    locate: (at, part) => tree.locate(at, part),
    variablesUsed: read.variablesUsed,
  };
}

/** Where YAML itself is broken, what seems to be missing or misplaced there, or from there on, is an echo of that. */
function withoutEchoes(findings: readonly Diagnostic[], { diagnostics }: YamlTree): readonly Diagnostic[] {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return findings;
  const placeOf = ({ range: { start } }: Diagnostic): string => `${start.line}:${start.column}`;
  const places = new Set(errors.map(placeOf));
  const broken = errors.filter(({ code }) => code === 'bad-yaml').map(({ range }) => range.start.line);
  const brokenFrom = Math.min(...broken);
  return findings.filter(
    (finding) =>
      !places.has(placeOf(finding)) &&
      (broken.length === 0 || (finding.code !== 'missing-key' && finding.range.start.line < brokenFrom)),
  );
}

interface Read {
  readonly file: PromptFile | null;
  readonly variablesUsed: readonly string[];
}

function readFile(kind: PromptKind, context: FindingCollector): Read {
  const file = toPromptFile(kind, context);
  const templates = templatesIn(file, context.tree.place(['messages', 0]).found);
  const inTemplates = templates.filter(({ use }) => use === 'run').flatMap(({ text }) => variablesOf(text));
  const variablesUsed = [...new Set([...implicitVariables(file, context), ...inTemplates])].filter(
    (name) => kind !== 'chain' || !(name === 'previous' || name.startsWith('steps.')),
  );
  checkTemplates(templates, file, context);
  checkModelParameters(file, context);
  checkPaths(file, context);
  checkEvaluators(file, context);
  if (file.kind === 'prompt' || file.kind === 'skill')
    checkVariables(file, variablesUsed, templates, context);
  if (file.kind === 'prompt' && file.messages.length === 0) {
    context.refuse({
      code: 'missing-key',
      message: '`messages` needs at least one message.',
      path: ['messages'],
      part: 'key',
    });
  }
  if (file.kind === 'chain') checkChain(file, context);
  if (file.kind === 'abtest') checkAbTest(file, context);
  return { file, variablesUsed };
}

/** Variables that are used though no template of the file names them. */
function implicitVariables(file: PromptFile, { tree }: FindingCollector): string[] {
  if (file.kind === 'skill')
    return tree.place(['messages', 0]).found ? [] : variablesOf(file.instructions).concat('input');
  if (file.kind !== 'chain') return [];
  return file.steps[0] !== undefined && Object.hasOwn(file.steps[0].with, 'input') ? [] : ['input'];
}

function headerOf(tree: YamlTree, text: string, path: string): { kind: PromptKind; name: string } {
  const { kind, name } = headerFromTree(tree, path) ?? guessHeader(text, path);
  return { kind, name };
}

function checkRoot(tree: YamlTree, text: string): Diagnostic | null {
  if (asObject(tree.value) !== null) return null;
  const isSilent = tree.diagnostics.length === 0;
  if (tree.value === null) {
    if (!isSilent) return null;
    const message =
      'This file is empty. Write `messages:` with what to send, or `kind: skill`, `chain` or `abtest`.';
    return { code: 'empty-file', severity: 'error', message, range: startOfFile };
  }
  const message =
    'A prompt file is a mapping: lines of `key: value`, beginning with `messages:` for instance.';
  const end = text.indexOf('\n');
  const range = tree.positions.range(0, end < 0 ? text.length : end);
  return { code: 'not-a-mapping', severity: 'error', message, range };
}

function checkKind(tree: YamlTree): Diagnostic | null {
  const value = asObject(tree.value)?.['kind'];
  if (value === undefined || value === null || promptKinds.some((kind) => kind === value)) return null;
  const shown = typeof value === 'object' ? 'This' : `\`${String(value)}\``;
  const word = typeof value === 'string' ? value : '';
  const range = tree.locate(['kind']);
  const meant = nearest(word, promptKinds);
  const message = `${shown} is no kind. The kinds are prompt, skill, chain and abtest.${didYouMean(word, promptKinds)}`;
  return {
    code: 'unknown-kind',
    severity: 'error',
    message,
    range,
    ...(meant !== null && { fix: { title: `Change to \`${meant}\``, edits: [{ range, newText: meant }] } }),
  };
}

export function isTooLarge(text: string): boolean {
  if (text.length > maxFileBytes) return true;
  return text.length * 3 > maxFileBytes && new TextEncoder().encode(text).length > maxFileBytes;
}

/** What is known of a file over `maxFileBytes`; `text` may be its beginning, or nothing. */
export function tooLargeFile(text: string, path: string): ParsedFile {
  const message =
    'A prompt file may have at most 1 MiB. Move test cases to a file of their own and name it in `testDataFile`.';
  return unusableFile('file-too-large', message, path, text);
}

/** A file that cannot be read at all, with what is wrong in words. */
export const unreadableFile = (message: string, path: string): ParsedFile =>
  unusableFile('unreadable-file', message, path);

function unusableFile(code: string, message: string, path: string, text = ''): ParsedFile {
  const { kind, name } = guessHeader(text, path);
  const diagnostics = [{ code, severity: 'error', message, range: startOfFile } as const];
  return { path, text, kind, name, file: null, diagnostics, locate: () => startOfFile, variablesUsed: [] };
}

const inOrder = (diagnostics: readonly Diagnostic[]): Diagnostic[] =>
  diagnostics.toSorted(
    (a, b) => a.range.start.line - b.range.start.line || a.range.start.column - b.range.start.column,
  );

const asObject = (value: JsonValue): Record<string, JsonValue> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
