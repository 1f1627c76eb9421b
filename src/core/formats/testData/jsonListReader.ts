/** An item of a JSON list as it is written, and the line (from 0) it begins on. */
export interface JsonItem {
  readonly text: string;
  readonly line: number;
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

  *feed(chunk: string): Generator<JsonItem> {
    let at = 0;
    while (at < chunk.length && this.problem === null) {
      if (this.escaped) {
        this.escaped = false;
        this.take(chunk.slice(at, ++at));
        continue;
      }
      marks.lastIndex = at;
      const mark = marks.exec(chunk);
      const end = mark?.index ?? chunk.length;
      this.take(chunk.slice(at, end));
      at = end + 1;
      if (mark !== null) yield* this.follow(mark[0]);
    }
  }

  *end(): Generator<JsonItem> {
    if (this.problem !== null || this.state === 'after') return;
    if (this.state === 'inside' && this.itemLine !== null) yield* this.give();
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

  private *follow(mark: string): Generator<JsonItem> {
    if (mark === '\n') {
      this.line++;
      if (this.state === 'inside') this.pieces.push(mark);
    } else if (this.state !== 'inside') {
      if (this.state === 'before' && mark === '[') this.state = 'inside';
      else this.stop();
    } else if (this.inQuotes || mark === '"' || mark === '\\') {
      this.escaped = mark === '\\';
      if (mark === '"') this.inQuotes = !this.inQuotes;
      this.take(mark);
    } else if (this.depth === 0 && (mark === ',' || mark === ']')) {
      const isLast = mark === ']';
      if (!isLast || this.itemLine !== null || this.itemsGiven > 0) yield* this.give();
      if (isLast) this.state = 'after';
    } else {
      if (mark === '[' || mark === '{') this.depth++;
      else if (mark !== ',') this.depth = Math.max(0, this.depth - 1);
      this.take(mark);
    }
  }

  private *give(): Generator<JsonItem> {
    yield { text: this.pieces.join(''), line: this.itemLine ?? this.line };
    this.pieces = [];
    this.itemLine = null;
    this.itemsGiven++;
  }

  private stop(): void {
    this.problem = { what: this.state === 'before' ? 'no-list' : 'more-text', line: this.line };
  }
}
