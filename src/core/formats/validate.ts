import * as z from 'zod/mini';
import type { Diagnostic } from '../domain/diagnostic.ts';
import type { JsonValue } from '../domain/json.ts';
import type { PromptKind } from '../domain/promptFile.ts';
import { renderValue } from '../domain/template.ts';
import { expectations, textNodes, verbatimNodes } from './schema/fields.ts';
import type { SchemaNode } from './schema/fields.ts';
import { schemaOf } from './schema/fileSchemas.ts';
import { formOf, nodeAt, optionFor, unwrap } from './schema/schemaShape.ts';
import { didYouMean, nearest } from './suggest.ts';
import type { YamlTree } from './yaml/readYaml.ts';

type Issue = z.core.$ZodIssue;
type IssuePath = readonly (string | number)[];

/** What the schema of its kind says about a file. Unknown keys are warnings, everything else is an error. */
export function validate(kind: PromptKind, tree: YamlTree): Diagnostic[] {
  const schema: SchemaNode = schemaOf[kind];
  const result = z.safeParse(schema, tree.value);
  if (result.success) return [];
  const context: Context = { kind, tree, schema };
  return result.error.issues.slice(0, maxFindings).flatMap((issue) => explain(issue, [], context));
}

/** More help nobody, and finding their places takes time. */
const maxFindings = 50;

interface Context {
  readonly kind: PromptKind;
  readonly tree: YamlTree;
  readonly schema: SchemaNode;
}

function explain(issue: Issue, base: IssuePath, context: Context): Diagnostic[] {
  const path = [...base, ...issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))];
  if (issue.code === 'unrecognized_keys')
    return issue.keys.slice(0, maxFindings).map((key) => unknownKey(path, key, context));
  const value = valueAt(context.tree.value, path);
  const node = nodeAt(context.schema, path, context.tree.value);
  // `choice: null` is the word; the schema sees no difference to `choice:`.
  if (value === null && node !== null && verbatimNodes.has(unwrap(node)) && !textIsAbsent(context.tree, path))
    return [];
  if (issue.code === 'invalid_union' && node !== null) {
    const form = formOf(node);
    if (form.form === 'either') {
      const chosen = optionFor(form.options, value);
      const inner = issue.errors[form.options.findIndex((option) => option === chosen)] ?? [];
      if (inner.some((each) => each.path.length > 0 || each.code === 'unrecognized_keys')) {
        return inner.flatMap((each) => explain(each, path, context));
      }
    }
  }
  const name = display(path);
  if (value === undefined || (value === null && textIsAbsent(context.tree, path))) {
    return [missingKey(path, context, value === null)];
  }
  const expected = node === null ? 'something else' : expectation(node);
  const range = context.tree.locate(path, 'value');
  const message = `\`${name}\` must be ${expected}, but is ${shown(value)}.${hint(node, value)}`;
  return [{ code: 'invalid-value', severity: 'error', message, range, ...fixFor(node, value, range) }];
}

function unknownKey(path: IssuePath, key: string, { kind, tree, schema }: Context): Diagnostic {
  const node = nodeAt(schema, path, tree.value);
  let form = node === null ? null : formOf(node);
  if (form?.form === 'either') form = formOf(optionFor(form.options, {}) ?? schema);
  const known = form?.form === 'mapping' ? Object.keys(form.keys) : [];
  const range = tree.locate([...path, key], 'key');
  const suggestion = nearest(key, known);
  const others = path.length === 0 ? kindsWith(key).filter((each) => each !== kind) : [];
  const where = path.length === 0 ? `a file of kind \`${kind}\`` : `\`${display(path)}\``;
  const message =
    others.length > 0
      ? `\`${key}\` has no effect in ${where}; it belongs to kind ${others.map((each) => `\`${each}\``).join(', ')}.`
      : `\`${key}\` is not a key of ${where} and is ignored.${didYouMean(key, known) || elsewhere(path, key)}`;
  const fix =
    suggestion !== null &&
    others.length === 0 &&
    !Object.hasOwn(asObject(valueAt(tree.value, path)), suggestion);
  return {
    code: 'unknown-key',
    severity: 'warning',
    message,
    range,
    ...(fix && { fix: { title: `Change to \`${suggestion}\``, edits: [{ range, newText: suggestion }] } }),
  };
}

/** A key of `modelParameters` that stands at the top. */
function elsewhere(path: IssuePath, key: string): string {
  const form = path.length === 0 ? formOf(schemaOf.prompt.shape.modelParameters) : null;
  const parameter = form?.form === 'mapping' ? nearest(key, Object.keys(form.keys)) : null;
  return parameter === null ? '' : ` \`${parameter}\` belongs under \`modelParameters\`.`;
}

const kindsWith = (key: string): PromptKind[] =>
  (Object.keys(schemaOf) as PromptKind[]).filter((kind) => {
    const form = formOf(schemaOf[kind]);
    return form.form === 'mapping' && Object.hasOwn(form.keys, key);
  });

function missingKey(path: IssuePath, { kind, tree }: Context, isEmpty: boolean): Diagnostic {
  const key = String(path.at(-1) ?? '');
  const parent = path.slice(0, -1);
  const range = isEmpty
    ? tree.locate(path, 'key')
    : parent.length === 0
      ? firstKey(tree)
      : headOf(tree, parent);
  if (isEmpty)
    return {
      code: 'missing-key',
      severity: 'error',
      message: `\`${display(path)}\` is empty: write its value after it.`,
      range,
    };
  const where = parent.length === 0 ? `A file of kind \`${kind}\`` : `\`${display(parent)}\``;
  const meant = parent.length === 0 ? otherKind(kind, tree.value) : null;
  const advice = meant === null ? 'Add it.' : `Add it, or write \`kind: ${meant}\`.`;
  const start = { line: 0, column: 0 };
  return {
    code: 'missing-key',
    severity: 'error',
    message: `${where} needs \`${key}\`. ${advice}`,
    range,
    ...(meant !== null &&
      !Object.hasOwn(asObject(tree.value), 'kind') && {
        fix: {
          title: `Add \`kind: ${meant}\``,
          edits: [{ range: { start, end: start }, newText: `kind: ${meant}\n` }],
        },
      }),
  };
}

/** The kind whose own key the file has. */
function otherKind(kind: PromptKind, value: JsonValue): PromptKind | null {
  const own = { skill: 'instructions', chain: 'steps', abtest: 'variants', prompt: 'messages' } as const;
  const kinds = Object.keys(own) as PromptKind[];
  return kinds.find((each) => each !== kind && Object.hasOwn(asObject(value), own[each])) ?? null;
}

function firstKey(tree: YamlTree): Diagnostic['range'] {
  const [key] = Object.keys(asObject(tree.value));
  return key === undefined ? tree.positions.range(0, 0) : tree.locate([key], 'key');
}

/** A short place for something inside: the first line of the value. */
function headOf(tree: YamlTree, path: IssuePath): Diagnostic['range'] {
  const range = tree.locate(path, typeof path.at(-1) === 'string' ? 'key' : 'value');
  if (range.start.line === range.end.line) return range;
  const [key] = Object.keys(asObject(valueAt(tree.value, path)));
  return key === undefined ? { start: range.start, end: range.start } : tree.locate([...path, key], 'key');
}

const textIsAbsent = (tree: YamlTree, path: IssuePath): boolean =>
  typeof valueAt(tree.texts, path) !== 'string';

function expectation(node: SchemaNode): string {
  const inner = unwrap(node);
  const stated = expectations.get(inner);
  if (stated !== undefined) return stated;
  if (textNodes.has(inner)) return 'text';
  const form = formOf(inner);
  switch (form.form) {
    case 'mapping':
    case 'map':
      return 'a mapping (`key: value` lines)';
    case 'list':
      return 'a list (lines that begin with `- `)';
    case 'either':
      return [...new Set(form.options.map(expectation))].join(', or ');
    case 'value':
      if (form.values.length > 0)
        return `one of ${form.values.map((value) => `\`${renderValue(value)}\``).join(', ')}`;
      return (inner as z.core.$ZodTypes)._zod.def.type === 'number' ? 'a number' : 'text';
  }
}

function hint(node: SchemaNode | null, value: JsonValue | undefined): string {
  if (node === null) return '';
  const form = formOf(node);
  if (typeof value === 'string' && form.form === 'value' && form.values.length > 0) {
    return didYouMean(value, form.values.map(String));
  }
  const isQuotedNumber =
    typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value)) && numeric(node);
  if (isQuotedNumber) return ' Take the quotes off.';
  return typeof value === 'object' && textNodes.has(unwrap(node))
    ? ' Put it in quotes, or after `|`, if it is meant as text.'
    : '';
}

const numeric = (node: SchemaNode): boolean => expectations.get(unwrap(node))?.includes('number') ?? false;

function fixFor(
  node: SchemaNode | null,
  value: JsonValue | undefined,
  range: Diagnostic['range'],
): Pick<Diagnostic, 'fix'> {
  const form = node === null ? null : formOf(node);
  const wanted =
    form?.form === 'value' && typeof value === 'string' ? nearest(value, form.values.map(String)) : null;
  return wanted === null
    ? {}
    : { fix: { title: `Change to \`${wanted}\``, edits: [{ range, newText: wanted }] } };
}

function shown(value: JsonValue | undefined): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a mapping';
  const text = String(value);
  return `\`${text.length > 40 ? `${text.slice(0, 40)}…` : text}\``;
}

/** `messages[0].role` */
export function display(path: IssuePath): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  );
}

const asObject = (value: JsonValue | undefined): Record<string, JsonValue> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};

function valueAt(root: JsonValue, path: IssuePath): JsonValue | undefined {
  let value: JsonValue | undefined = root;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Object.hasOwn(value, step) ? (value as Record<string | number, JsonValue>)[step] : undefined;
  }
  return value;
}
