import { Document, isMap, isScalar, isSeq, Scalar, visit } from 'yaml';
import type { Node } from 'yaml';
import type { JsonValue } from '../../domain/json.ts';

/** How a file is written, so that new parts look like the old ones. */
export interface YamlStyle {
  readonly lineEnd: '\n' | '\r\n';
  /** Blanks per level. */
  readonly indent: number;
  /** Whether list items stand further right than the key of their list. */
  readonly indentsLists: boolean;
}

/** A value as it stands after `key:` or `- `: the rest of that line, and further lines. */
export interface RenderedValue {
  readonly head: string;
  readonly body: readonly string[];
}

export function styleOf(text: string, root: Node | null): YamlStyle {
  const columnOf = (offset: number): number => offset - (text.lastIndexOf('\n', offset - 1) + 1);
  let indent: number | undefined;
  let indentsLists: boolean | undefined;
  visit(root, {
    Pair(_, { key, value }) {
      const isBlock = (isMap(value) || isSeq(value)) && value.flow !== true;
      if (!isBlock || !isScalar(key) || key.range == null || value.range == null) return;
      const further = columnOf(value.range[0]) - columnOf(key.range[0]);
      if (isSeq(value)) indentsLists ??= further > 0;
      if (further > 0) indent ??= further;
    },
  });
  return {
    lineEnd: /\r\n/.test(text) ? '\r\n' : '\n',
    indent: Math.min(8, indent ?? 2),
    indentsLists: indentsLists ?? true,
  };
}

/** `column`: where the key or the dash stands. `like`: how the scalar it replaces was written. */
export function renderAfter(
  place: 'key' | 'dash',
  value: JsonValue,
  column: number,
  style: YamlStyle,
  like?: Scalar.Type,
): RenderedValue {
  const lines = toLines(place === 'key' ? { k: value } : [value], style, like);
  const [first = '', ...body] = lines;
  const indented = body.map((line) => (line === '' ? '' : ' '.repeat(column) + line));
  return { head: first.slice(2).trimStart(), body: indented };
}

/** `key: value` or `- item` lines without the column they stand at. */
export function toLines(value: JsonValue, style: YamlStyle, like?: Scalar.Type): string[] {
  const document = new Document(value, { aliasDuplicateObjects: false });
  let top = true;
  visit(document, {
    Scalar(at, scalar) {
      if (at === 'key' || typeof scalar.value !== 'string') return;
      const type = scalarType(scalar.value, top ? like : undefined);
      if (type !== undefined) scalar.type = type;
    },
    Map(_, map) {
      if (map !== document.contents) top = false;
    },
    Seq(_, list) {
      if (list !== document.contents) top = false;
    },
  });
  const text = document.toString({
    indent: style.indent,
    indentSeq: style.indentsLists,
    lineWidth: 0,
    blockQuote: 'literal',
    commentString: (comment) => comment,
  });
  return text.replace(/\n$/, '').split('\n');
}

/** Texts of several lines read best after `|`; what that cannot hold without surprises is quoted. */
function scalarType(text: string, like: Scalar.Type | undefined): Scalar.Type | undefined {
  const isAwkward = /[^\P{Cc}\n]|[\u2028\u2029\uFEFF\uD800-\uDFFF]|\n\n$|^\s*$|^[ \n]/u.test(text);
  if (isAwkward) return text === '' && like === Scalar.QUOTE_SINGLE ? like : Scalar.QUOTE_DOUBLE;
  if (text.includes('\n')) return Scalar.BLOCK_LITERAL;
  return like === Scalar.BLOCK_FOLDED ? Scalar.BLOCK_LITERAL : like;
}

/** A value on one line, as it stands between brackets. */
export function renderInFlow(value: JsonValue): string {
  if (typeof value === 'string') {
    return /^[\p{L}_][\p{L}\p{N}_ .()/-]*$/u.test(value) &&
      !/ $|^(?:null|true|false|y|n|yes|no|on|off)$/i.test(value)
      ? value
      : JSON.stringify(value);
  }
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return `[${value.map(renderInFlow).join(', ')}]`;
  const entries = Object.entries(value).map(([key, each]) => `${renderInFlow(key)}: ${renderInFlow(each)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}
