import type { Diagnostic, Position, Range } from '../../domain/diagnostic.ts';
import type { JsonValue } from '../../domain/json.ts';
import { readYaml } from '../yaml/readYaml.ts';
import type { YamlTree } from '../yaml/readYaml.ts';
import { isObject, noList } from './dataRow.ts';
import type { DataRow, RowReader } from './dataRow.ts';

/** Mistakes after which nobody knows what the rest of the text says. */
const breaking = new Set(['bad-yaml', 'nested-too-deeply', 'several-documents', 'too-many-aliases']);

/** More rows than anybody mends by hand. */
const maxFindings = 10_000;

/** A list of maps. Where YAML itself is broken, what stands before is read; any other mistake spoils its own row only. */
export function yamlRows(): RowReader {
  const pieces: string[] = [];
  return {
    take(piece) {
      pieces.push(piece);
      return [];
    },
    end: () => rowsOf(pieces.join('')),
  };
}

function* rowsOf(text: string): Generator<DataRow> {
  const tree = readYaml(text, maxFindings);
  const broken = tree.diagnostics
    .filter(({ code }) => breaking.has(code))
    .toSorted((a, b) => a.range.start.line - b.range.start.line)[0];
  if (Array.isArray(tree.value)) yield* itemsOf(tree, tree.value, broken);
  else if (broken === undefined) yield { line: 0, note: noList };
  if (broken !== undefined) {
    const note = `Nothing was read from here on: ${broken.message}`;
    yield { line: broken.range.start.line, note };
  }
}

function* itemsOf(
  tree: YamlTree,
  items: readonly JsonValue[],
  broken: Diagnostic | undefined,
): Generator<DataRow> {
  const mistakes = tree.diagnostics.filter(({ code }) => !breaking.has(code));
  for (const [index, data] of items.entries()) {
    const range = tree.locate([index]);
    const { line } = range.start;
    if (broken !== undefined && !isBefore(broken, range, tree, index)) return;
    const mistake = mistakes.find(({ range: { start } }) => start.line >= line && !isAfter(start, range.end));
    const texts = Array.isArray(tree.texts) ? tree.texts[index] : undefined;
    const expected = isObject(texts) ? texts['expected'] : undefined;
    if (mistake !== undefined) {
      yield { line: mistake.range.start.line, problem: mistake.message.replace(/\.$/, '') };
    } else if (!isObject(data)) yield { line, problem: 'a case is a map of variable names to values' };
    else yield { line, data, ...(typeof expected === 'string' && { expected }) };
  }
}

/** Whether an item is over before the line where YAML is broken: the next one has begun by then, or the text is whole. */
function isBefore(
  { code, range: { start } }: Diagnostic,
  item: Range,
  tree: YamlTree,
  index: number,
): boolean {
  const lastLine = item.end.column === 0 ? item.end.line - 1 : item.end.line;
  if (lastLine >= start.line) return false;
  const next = tree.place([index + 1]);
  return code === 'several-documents' || (next.found && tree.locate([index + 1]).start.line <= start.line);
}

const isAfter = (a: Position, b: Position): boolean =>
  a.line > b.line || (a.line === b.line && a.column >= b.column);
