import type { Position } from '../../domain/diagnostic.ts';

/** An item of a JSON list as it is written, with the blanks around it, and the line (from 0) it begins on. */
export interface JsonItem {
  readonly text: string;
  readonly line: number;
  /** Where `text` begins, blanks included: line and column from 0. */
  readonly from: Position;
  /** What ends it. `]` after an item that is blank: the comma before is one too many. */
  readonly endedBy: ',' | ']' | 'end of text';
}

/** Where the text stops being a list of items. */
export interface JsonListProblem {
  readonly what: 'no-list' | 'not-closed' | 'more-text';
  readonly line: number;
}

/** What can end a run of characters that mean nothing to the list itself. */
const marks = /["\\\n[\]{},]/g;

/**
 * Cuts the text of a JSON list, given in chunks cut anywhere, into its items, without reading them: by brackets, commas
 * and quotes alone. An item that is no JSON is an item still.
 */
export class JsonListReader {
  problem: JsonListProblem | null = null;
  private state: 'before' | 'inside' | 'after' = 'before';
  private pieces: string[] = [];
  private depth = 0;
  private inQuotes = false;
  private escaped = false;
  private line = 0;
  private itemLine: number | null = null;
  private itemsGiven = 0;
  /** Characters of the chunks before this one, and where the line and the item begin, counted over all of them. */
  private before = 0;
  private lineStart = 0;
  private from: Position = { line: 0, column: 0 };

  *feed(chunk: string): Generator<JsonItem> {
    let at = 0;
    while (at < chunk.length && this.problem === null) {
      if (this.escaped) {
        this.escaped = false;
        if (chunk[at] === '\n') this.startLine(at);
        this.take(chunk.slice(at, ++at));
        continue;
      }
      marks.lastIndex = at;
      const mark = marks.exec(chunk);
      const end = mark?.index ?? chunk.length;
      this.take(chunk.slice(at, end));
      at = end + 1;
      if (mark !== null) yield* this.follow(mark[0], end);
    }
    this.before += chunk.length;
  }

  *end(): Generator<JsonItem> {
    if (this.problem !== null || this.state === 'after') return;
    if (this.state === 'inside' && this.itemLine !== null) yield* this.give('end of text');
    this.problem ??= { what: this.state === 'inside' ? 'not-closed' : 'no-list', line: this.line };
  }

  /** Text without a mark, or an escaped character. */
  private take(text: string): void {
    const isBlank = text.trim() === '';
    if (this.state === 'inside') {
      this.pieces.push(text);
      if (!isBlank) this.itemLine ??= this.line;
    } else if (!isBlank) this.stop();
  }

  private *follow(mark: string, at: number): Generator<JsonItem> {
    if (mark === '\n') {
      this.startLine(at);
      if (this.state === 'inside') this.pieces.push(mark);
    } else if (this.state !== 'inside') {
      if (this.state === 'before' && mark === '[') {
        this.state = 'inside';
        this.from = this.positionAfter(at);
      } else this.stop();
    } else if (this.inQuotes || mark === '"' || mark === '\\') {
      this.escaped = mark === '\\';
      if (mark === '"') this.inQuotes = !this.inQuotes;
      this.take(mark);
    } else if (this.depth === 0 && (mark === ',' || mark === ']')) {
      const isLast = mark === ']';
      if (!isLast || this.itemLine !== null || this.itemsGiven > 0) yield* this.give(mark);
      if (isLast) this.state = 'after';
      this.from = this.positionAfter(at);
    } else {
      if (mark === '[' || mark === '{') this.depth++;
      else if (mark !== ',') this.depth = Math.max(0, this.depth - 1);
      this.take(mark);
    }
  }

  private startLine(at: number): void {
    this.line++;
    this.lineStart = this.before + at + 1;
  }

  private positionAfter(at: number): Position {
    return { line: this.line, column: this.before + at + 1 - this.lineStart };
  }

  private *give(endedBy: JsonItem['endedBy']): Generator<JsonItem> {
    const { from, line } = this;
    yield { text: this.pieces.join(''), line: this.itemLine ?? line, from, endedBy };
    this.pieces = [];
    this.itemLine = null;
    this.itemsGiven++;
  }

  private stop(): void {
    this.problem = { what: this.state === 'before' ? 'no-list' : 'more-text', line: this.line };
  }
}
