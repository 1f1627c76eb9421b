import type { Position } from '../../domain/diagnostic.ts';
import { flowContext } from './flowContext.ts';

/** Where a cursor stands in a prompt file, told from indentation alone: it must work while the YAML is broken. */
export interface CursorContext {
  /** `key`: of the mapping that the word is, or becomes, a key of. `value`: of the value itself. */
  readonly path: readonly (string | number)[];
  readonly part: 'key' | 'value' | 'text';
  /** What stands there already, before and behind the cursor. */
  readonly word: string;
  /** Column where the word begins. */
  readonly column: number;
  /** Keys of the same mapping. */
  readonly siblings: readonly string[];
  /** The word is followed by a colon already. */
  readonly hasColon: boolean;
}

interface LineShape {
  /** Columns of the dashes. */
  readonly dashes: readonly number[];
  /** Where the text after indentation and dashes begins. */
  readonly column: number;
  readonly key: string | null;
  /** Where the text after the colon begins; the same as `column` without a key. */
  readonly valueColumn: number;
}

const keyPattern = /^(?:"([^"]*)"|'([^']*)'|([^\s#'"{}[\],&*!|>%@`-][^:#{}[\],]*?|-[^\s:]+))\s*:(?=\s|$)/;

function shapeOf(line: string): LineShape {
  const dashes: number[] = [];
  let column = /^ */.exec(line)?.[0].length ?? 0;
  for (
    let dash = /^-(?: +|$)/.exec(line.slice(column));
    dash !== null;
    dash = /^-(?: +|$)/.exec(line.slice(column))
  ) {
    dashes.push(column);
    column += dash[0].length;
  }
  const match = keyPattern.exec(line.slice(column));
  const key = match === null ? null : (match[1] ?? match[2] ?? match[3] ?? '');
  const behind = match === null ? column : column + match[0].length;
  const blanks = match === null ? 0 : (/^ */.exec(line.slice(behind))?.[0].length ?? 0);
  return { dashes, column, key, valueColumn: behind + blanks };
}

const opensBlock = (line: string, shape: LineShape): boolean =>
  /^[|>][\d+-]*\s*(?:#.*)?$/.test(line.slice(shape.valueColumn));

/** For each line up to `last`: is it part of a text after `|` or `>`? */
function blockLines(lines: readonly string[], last: number): boolean[] {
  const inside: boolean[] = [];
  let parent = -1;
  for (let at = 0; at <= last; at++) {
    const line = lines[at] ?? '';
    const indent = line.search(/\S/);
    if (parent >= 0 && (indent < 0 || indent > parent)) {
      inside.push(true);
      continue;
    }
    const shape = shapeOf(line);
    parent = opensBlock(line, shape) ? (shape.key === null ? (shape.dashes.at(-1) ?? 0) : shape.column) : -1;
    inside.push(false);
  }
  return inside;
}

export function cursorContext(text: string, position: Position): CursorContext {
  const lines = text.split(/\r?\n/);
  const line = lines[position.line] ?? '';
  const inBlock = blockLines(lines, position.line);
  const isText = inBlock[position.line] === true && (line.trim() !== '' || position.column > 0);
  const shape = shapeOf(line.trim() === '' ? line.slice(0, position.column) : line);
  const isValue = shape.key !== null && position.column >= shape.valueColumn;
  const own = isValue ? [shape.key] : [];
  const { path, siblings } = climb(lines, inBlock, position.line, shape);
  const start = isValue ? shape.valueColumn : shape.column;
  const flow = isText ? null : flowContext(line.slice(start, position.column), line.slice(position.column));
  if (flow !== null) {
    return { ...flow, path: [...path, ...own, ...flow.path], column: position.column - flow.before };
  }
  const rest = isValue
    ? line.slice(start).replace(/\s+#.*$/, '')
    : (shape.key ?? line.slice(start).trimEnd());
  const column = Math.min(start, position.column);
  const part = isText ? 'text' : isValue ? 'value' : 'key';
  return {
    path: [...path, ...own],
    part,
    word: rest,
    column,
    siblings,
    hasColon: !isValue && shape.key !== null,
  };
}

/** From the cursor's line upwards: which items and keys it lies in. */
function climb(
  lines: readonly string[],
  inBlock: readonly boolean[],
  from: number,
  start: LineShape,
): Pick<CursorContext, 'path' | 'siblings'> {
  const path: (string | number)[] = [];
  const siblings: string[] = [];
  /** The innermost place not yet explained: its column, and whether it is a list's. */
  const inner = { column: start.column, inList: false };
  const take = (dashes: readonly number[]): void => {
    for (const dash of dashes.toReversed()) {
      if (inner.inList && dash === inner.column) path[0] = Number(path[0]) + 1;
      else if (dash < inner.column) {
        path.unshift(0);
        [inner.column, inner.inList] = [dash, true];
      }
    }
  };
  take(start.dashes);
  let isOwnMapping = start.dashes.length === 0;
  for (let at = from - 1; at >= 0; at--) {
    const line = lines[at] ?? '';
    if (inBlock[at] === true || /^\s*(?:#|$)/.test(line)) continue;
    const shape = shapeOf(line);
    const isParent = shape.column < inner.column || (inner.inList && shape.column === inner.column);
    if (shape.key !== null && isParent) {
      path.unshift(shape.key);
      [inner.column, inner.inList, isOwnMapping] = [shape.column, false, false];
    } else if (shape.key !== null && isOwnMapping && shape.column === inner.column) siblings.push(shape.key);
    const depth = path.length;
    take(shape.dashes);
    if (path.length !== depth) isOwnMapping = false;
  }
  return { path, siblings: [...siblings, ...followingKeys(lines, from, start)] };
}

/** Keys of the same mapping below the cursor. */
function followingKeys(lines: readonly string[], from: number, start: LineShape): string[] {
  const keys: string[] = [];
  for (let at = from + 1; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const indent = line.search(/\S/);
    if (indent < 0 || indent > start.column) continue;
    const shape = shapeOf(line);
    if (indent < start.column || shape.dashes.length > 0) break;
    if (shape.key !== null) keys.push(shape.key);
  }
  return keys;
}
