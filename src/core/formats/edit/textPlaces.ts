import { isCollection, isMap, isNode, isScalar, isSeq, Scalar } from 'yaml';
import type { Node, Pair, YAMLSeq } from 'yaml';

/** Where the lines of a node begin and end in its text. Offsets are UTF-16 code units. */
export class TextPlaces {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  lineStart(offset: number): number {
    return this.text.lastIndexOf('\n', offset - 1) + 1;
  }

  /** Before the line's own end, which may be `\r\n`. */
  lineEnd(offset: number): number {
    const end = this.text.indexOf('\n', offset);
    if (end < 0) return this.text.length;
    return end > offset && this.text[end - 1] === '\r' ? end - 1 : end;
  }

  nextLine(offset: number): number {
    const end = this.text.indexOf('\n', offset);
    return end < 0 ? this.text.length : end + 1;
  }

  column(offset: number): number {
    return offset - this.lineStart(offset);
  }

  start(node: unknown): number {
    return isNode(node) ? (node.range?.[0] ?? 0) : 0;
  }

  /** After the last character that counts: no comment, blank line or line end behind it. */
  end(node: Node): number {
    if (isCollection(node) && node.flow !== true) {
      const last = node.items.at(-1);
      if (isMap(node) && last !== undefined) return this.endOfPair(last as Pair);
      if (isSeq(node) && isNode(last)) return this.end(last);
    }
    const [start, end] = node.range ?? [0, 0];
    const isBlock =
      isScalar(node) && (node.type === Scalar.BLOCK_LITERAL || node.type === Scalar.BLOCK_FOLDED);
    if (!isBlock) return end;
    const source = this.text.slice(start, end);
    const keepsBlankLines = /^[|>]\d?\+/.test(source);
    return start + source.replace(keepsBlankLines ? /\r?\n$/ : /\s+$/, '').length;
  }

  endOfPair({ key, value }: Pair): number {
    return isNode(value) && !isEmpty(value) ? this.end(value) : this.afterColon(key);
  }

  /** After the `:` of a key. */
  afterColon(key: unknown): number {
    const end = isNode(key) ? (key.range?.[1] ?? 0) : 0;
    const colon = this.text.indexOf(':', end);
    return colon < 0 ? end : colon + 1;
  }

  /** The dash of a list item. */
  dash(list: YAMLSeq, index: number): number {
    const first = this.start(list);
    const column = this.column(first);
    const item = list.items[index];
    if (index === 0 || !isNode(item)) return first;
    let line = this.lineStart(this.start(item));
    while (line > first && this.text[line + column] !== '-') line = this.lineStart(line - 1);
    return line + column;
  }
}

/** Nothing is written there. */
export const isEmpty = (node: unknown): boolean =>
  node === null ||
  node === undefined ||
  (isScalar(node) && node.value === null && (node.source ?? '') === '');
