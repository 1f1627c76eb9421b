import type { Position, Range } from '../../domain/diagnostic.ts';
import { promptKinds } from '../../domain/promptFile.ts';
import type { PromptKind } from '../../domain/promptFile.ts';
import { guessHeader } from '../guessHeader.ts';
import { evaluatorNames } from '../schema/evaluatorNames.ts';
import { meanings, suggestions } from '../schema/fields.ts';
import type { SchemaNode } from '../schema/fields.ts';
import { schemaOf } from '../schema/fileSchemas.ts';
import { formOf, nodeAt, unwrap } from '../schema/schemaShape.ts';
import type { SchemaForm } from '../schema/schemaShape.ts';
import { cursorContext } from './cursorContext.ts';
import type { CursorContext } from './cursorContext.ts';
import { knownVariables } from './knownVariables.ts';

export interface Completion {
  readonly label: string;
  readonly type: 'key' | 'value' | 'variable' | 'prompt';
  readonly description: string;
  /** What replaces the text of `range`. */
  readonly newText: string;
  readonly range: Range;
}

/** A prompt that `use:` and `prompt:` may name; `path` is relative to the file. */
export interface KnownPrompt {
  readonly name: string;
  readonly kind: PromptKind;
  readonly path: string;
}

/**
 * What may stand at a place of a prompt file: keys of the mapping there that it does not have yet, values of a key,
 * variables after `{{`, evaluators after `uses:`, prompts after `use:` and `prompt:`. Looks at indentation, so it works
 * in a file that is no YAML yet. Never throws.
 */
export function completePromptFile(
  text: string,
  position: Position,
  prompts: readonly KnownPrompt[] = [],
): Completion[] {
  const { kind } = guessHeader(text, '');
  const context = cursorContext(text, position);
  const line = text.split(/\r?\n/)[position.line] ?? '';
  const variables = completeVariable(text, kind, context, line, position);
  if (variables !== null) return variables;
  if (context.part === 'text') return [];
  const range = rangeOf(position.line, context.column, context.word, position.column);
  const items = context.part === 'key' ? keysAt(text, kind, context) : valuesAt(kind, context, prompts);
  return items.map((item) => ({ ...item, range }));
}

type Item = Omit<Completion, 'range'>;

const rangeOf = (line: number, start: number, word: string, cursor: number): Range => ({
  start: { line, column: start },
  end: { line, column: Math.max(cursor, start + word.length) },
});

function completeVariable(
  text: string,
  kind: PromptKind,
  context: CursorContext,
  line: string,
  { line: at, column }: Position,
): Completion[] | null {
  const open = /(?<!\{)(?:\{\{\{\{)*\{\{\{?\s*([A-Za-z_][\w.-]*)?$/.exec(line.slice(0, column));
  if (open === null || /\{\{\{\{$/.test(line.slice(0, column))) return null;
  const typed = open[1] ?? '';
  const behind = line.slice(column);
  const rest = /^[\w.-]*/.exec(behind)?.[0] ?? '';
  const closing = /^\s*\}\}/.test(behind.slice(rest.length))
    ? ''
    : '}}'.slice(behind.startsWith('}') ? 1 : 0);
  const range = rangeOf(at, column - typed.length, typed + rest, column);
  return knownVariables(text, kind, context.path)
    .filter(({ name }) => name !== typed + rest || closing === '')
    .map(({ name, description }) => ({
      label: name,
      type: 'variable',
      description,
      newText: name + closing,
      range,
    }));
}

function keysAt(text: string, kind: PromptKind, { path, siblings, hasColon }: CursorContext): Item[] {
  const node = nodeAt(schemaOf[kind], path, null) ?? null;
  if (node === null) return [];
  const suffix = hasColon ? '' : ': ';
  const form = mappingForm(node);
  if (form?.form === 'list') {
    const item = mappingForm(form.item);
    return item?.form === 'mapping' ? keysOf(item, [], '- ', suffix) : [];
  }
  if (form?.form === 'mapping') return keysOf(form, siblings, '', suffix);
  const isOpen = path[0] === 'variables' ? path.length === 1 : path[0] === 'testData' && path.length === 2;
  if (form?.form !== 'map' || !isOpen) return [];
  const names = knownVariables(text, kind, []).filter(({ name }) => !siblings.includes(name));
  const expected = { name: 'expected', description: 'The reference answer.' };
  return [...names, ...(path[0] === 'testData' && !siblings.includes('expected') ? [expected] : [])].map(
    ({ name, description }) => ({ label: name, type: 'key', description, newText: name + suffix }),
  );
}

function keysOf(
  { keys, required }: Extract<SchemaForm, { form: 'mapping' }>,
  siblings: readonly string[],
  prefix: string,
  suffix: string,
): Item[] {
  return Object.entries(keys)
    .filter(([name]) => !siblings.includes(name))
    .map(([name, node]) => ({
      label: name,
      type: 'key',
      description: `${meanings.get(node) ?? ''}${required.has(name) ? ' Required.' : ''}`,
      newText: prefix + name + suffix,
    }));
}

/** Of several forms, the one that has keys. */
function mappingForm(node: SchemaNode): SchemaForm | undefined {
  const form = formOf(node);
  if (form.form !== 'either') return form;
  return form.options.map(formOf).find((each) => each.form === 'mapping' || each.form === 'map');
}

function valuesAt(kind: PromptKind, { path }: CursorContext, prompts: readonly KnownPrompt[]): Item[] {
  const key = path.at(-1);
  const isVariant = path[0] === 'variants' && path.length === 2;
  if (key === 'use' || key === 'prompt' || isVariant) {
    const isPrompt = isVariant || path.length === 3;
    return isPrompt ? prompts.filter((each) => each.kind !== 'abtest').flatMap(promptItems) : [];
  }
  if (path.length === 1 && key === 'kind')
    return promptKinds.map((each) => valueItem(each, `A file of kind ${each}.`));
  const node = nodeAt(schemaOf[kind], path, '');
  if (node === null) return [];
  return valuesOf(node).map((value) => valueItem(value, describeValue(value)));
}

const describeValue = (value: string): string =>
  Object.hasOwn(evaluatorNames, value) ? evaluatorNames[value as keyof typeof evaluatorNames] : '';

/** Every value worth offering. */
export function valuesOf(node: SchemaNode): string[] {
  const offered = suggestions.get(unwrap(node));
  if (offered !== undefined) return [...offered];
  const form = formOf(node);
  if (form.form === 'either') return form.options.flatMap(valuesOf);
  return form.form === 'value' ? form.values.map(String) : [];
}

const valueItem = (value: string, description: string): Item => ({
  label: value,
  type: 'value',
  description,
  newText: value,
});

function promptItems({ name, kind, path }: KnownPrompt): Item[] {
  const byPath = path.startsWith('.') ? path : `./${path}`;
  const plain = /^[\p{L}_][\p{L}\p{N}_ ./-]*$/u.test(name) && !name.endsWith(' ');
  return [
    {
      label: name,
      type: 'prompt',
      description: `A ${kind}: ${byPath}`,
      newText: plain ? name : JSON.stringify(name),
    },
    { label: byPath, type: 'prompt', description: `The ${kind} ${name}, by its path`, newText: byPath },
  ];
}
