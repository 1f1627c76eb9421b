import { findNodeAtLocation, parseTree, stripComments, type Node } from 'jsonc-parser';
import type { JsonValue } from '../../domain/json.ts';

interface Layout {
  /** One step of indentation. */
  readonly unit: string;
  readonly endOfLine: string;
}

/**
 * The JSON text (comments and trailing commas allowed) with a value at a path of keys, whose parent must be there. A new
 * key comes last; nothing else changes, no comment moves to another neighbour.
 */
export function setJsonValue(text: string, path: readonly string[], value: JsonValue): string {
  const tree = parseTree(text, [], { allowTrailingComma: true });
  const layout = layoutOf(text);
  const indent = layout.unit.repeat(path.length);
  const written = JSON.stringify(value, null, layout.unit).replaceAll('\n', layout.endOfLine + indent);
  const node = tree && findNodeAtLocation(tree, [...path]);
  if (node !== undefined) return replaced(text, node, written);
  const parent = tree && findNodeAtLocation(tree, path.slice(0, -1));
  if (parent === undefined) throw new Error(`${path.slice(0, -1).join('.')} is not there`);
  const before = layout.endOfLine + layout.unit.repeat(path.length - 1);
  const property = `${layout.endOfLine}${indent}${JSON.stringify(path.at(-1))}: ${written}`;
  return withProperty(text, parent, property, before);
}

const replaced = (text: string, { offset, length }: Node, written: string): string =>
  text.slice(0, offset) + written + text.slice(offset + length);

/** Behind the last property and the comment that belongs to it. */
function withProperty(text: string, parent: Node, property: string, beforeBrace: string): string {
  const brace = parent.offset + parent.length - 1;
  const last = parent.children?.at(-1);
  const end = last === undefined ? parent.offset + 1 : last.offset + last.length;
  const rest = text.slice(end, brace);
  const comma = last === undefined || stripComments(rest).includes(',') ? '' : ',';
  return text.slice(0, end) + comma + rest.trimEnd() + property + beforeBrace + text.slice(brace);
}

function layoutOf(text: string): Layout {
  return { unit: /\n([ \t]+)"/.exec(text)?.[1] ?? '  ', endOfLine: text.includes('\r\n') ? '\r\n' : '\n' };
}
