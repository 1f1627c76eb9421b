import type { Range } from '../../domain/diagnostic.ts';
import type { JsonObject, JsonValue } from '../../domain/json.ts';
import { headerFromTree } from '../headerFromTree.ts';
import { toTestCase } from '../normalise/toTestCase.ts';
import { guessHeader } from '../guessHeader.ts';
import type { Path } from '../yaml/locate.ts';
import { readYaml } from '../yaml/readYaml.ts';
import type { YamlTree } from '../yaml/readYaml.ts';

export type OutlineType =
  | 'prompt'
  | 'skill'
  | 'chain'
  | 'abtest'
  /** A key that holds several of the others. */
  | 'section'
  | 'instructions'
  | 'input'
  | 'message'
  | 'attachment'
  | 'step'
  | 'variant'
  | 'case'
  | 'data-file'
  | 'evaluator';

/** One part of a prompt file, with the parts inside it. */
export interface OutlineEntry {
  readonly type: OutlineType;
  readonly name: string;
  /** A few words more; '' for none. */
  readonly detail: string;
  /** All of it. */
  readonly range: Range;
  /** What to select; lies within `range`. */
  readonly nameRange: Range;
  readonly children: readonly OutlineEntry[];
}

/** The parts of a prompt file in the order they stand there; of a broken file those that can be made out. Never throws. */
export function outlinePromptFile(text: string, path: string): OutlineEntry {
  const tree = readYaml(text);
  const { kind, name } = headerFromTree(tree, path) ?? guessHeader(text, path);
  const root = asObject(tree.value) ?? {};
  const children = Object.entries(root).flatMap(([key, value]) => partOf(tree, text, key, value));
  const range = tree.positions.range(0, text.length);
  const named = tree.place(['name']);
  const nameRange = named.found ? tree.locate(['name']) : { start: range.start, end: range.start };
  return { type: kind, name, detail: kind, range, nameRange, children };
}

type Namer = (value: JsonValue, index: number) => { readonly name: string; readonly detail: string };

const textOf = (value: JsonValue | undefined): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

const detailLength = 80;

function firstLine(text: string): string {
  const line = text.trim().split('\n', 1)[0]?.trim() ?? '';
  return line.length > detailLength ? `${line.slice(0, detailLength - 1)}…` : line;
}

/** An item that is a text, or a mapping with a key that names it. */
const byKeys =
  (nameKeys: readonly string[], detailKeys: readonly string[], otherwise: (index: number) => string): Namer =>
  (value, index) => {
    const map = asObject(value);
    if (map === null) return { name: firstLine(textOf(value)) || otherwise(index), detail: '' };
    const first = (keys: readonly string[]): string =>
      keys.map((key) => firstLine(textOf(map[key]))).find((found) => found !== '') ?? '';
    const name = first(nameKeys) || otherwise(index);
    const detail = first(detailKeys);
    return { name, detail: detail === name ? '' : detail };
  };

const nameCase: Namer = (value, index) => {
  const { id, variables } = toTestCase(asObject(value) ?? {}, index + 1);
  const shown = Object.entries(variables).find(([key]) => key !== 'id');
  return { name: id, detail: firstLine(textOf(shown?.[1])) };
};

const lists: Readonly<Record<string, readonly [OutlineType, Namer]>> = {
  messages: ['message', byKeys(['role'], ['content'], () => 'message')],
  files: ['attachment', byKeys([], [], () => 'file')],
  steps: ['step', byKeys(['name'], ['use'], (index) => `step-${index + 1}`)],
  variants: [
    'variant',
    byKeys(['label', 'prompt'], ['ref', 'model', 'prompt'], (index) => `variant ${index + 1}`),
  ],
  testData: ['case', nameCase],
  evaluators: ['evaluator', byKeys(['name', 'uses'], ['uses'], (index) => `evaluator ${index + 1}`)],
};

function partOf(tree: YamlTree, text: string, key: string, value: JsonValue): OutlineEntry[] {
  const entry = (type: OutlineType, path: Path, name: string, detail: string): OutlineEntry => ({
    type,
    name,
    detail,
    ...rangesOf(tree, text, path),
    children: [],
  });
  const list = lists[key];
  if (list !== undefined && Array.isArray(value) && value.length > 0) {
    const [type, nameOf] = list;
    const children = value.map((item, index) => {
      const { name, detail } = nameOf(item, index);
      return entry(type, [key, index], name, detail);
    });
    return [{ ...entry('section', [key], key, String(children.length)), children }];
  }
  const map = asObject(value);
  if (key === 'variables' && map !== null && Object.keys(map).length > 0) {
    const children = Object.entries(map).map(([name, spec]) =>
      entry('input', [key, name], name, firstLine(textOf(asObject(spec)?.['description']))),
    );
    return [{ ...entry('section', [key], key, String(children.length)), children }];
  }
  const line = firstLine(textOf(value));
  if (key === 'instructions' && line !== '') return [entry('instructions', [key], key, line)];
  if (key === 'testDataFile' && line !== '') return [entry('data-file', [key], line, '')];
  return [];
}

/** From the key to the end of its value, without the blank lines after it. */
function rangesOf(tree: YamlTree, text: string, path: Path): Pick<OutlineEntry, 'range' | 'nameRange'> {
  const { key, value } = tree.place(path);
  const start = Math.min(key?.start ?? value.start, value.start);
  const last = Math.max(key?.end ?? value.end, value.end);
  const end = start + text.slice(start, last).trimEnd().length;
  const named = key ?? { start, end: Math.min(end, lineEnd(text, start)) };
  return {
    range: tree.positions.range(start, end),
    nameRange: tree.positions.range(named.start, Math.min(named.end, end)),
  };
}

function lineEnd(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at;
}

const asObject = (value: JsonValue | undefined): JsonObject | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
