/** One record of a CSV or TSV text and the line (from 0) it begins on. */
export interface DelimitedRecord {
  readonly fields: readonly string[];
  readonly line: number;
  /** What is wrong with the record; its fields are then not to be used. */
  readonly problem?: string;
}

/** Records of a text that is there already, such as a clipboard's. */
export function delimitedRecords(text: string, delimiter: ',' | '\t' | ';'): readonly DelimitedRecord[] {
  const reader = new DelimitedReader(delimiter);
  return [...reader.feed(text), ...reader.end()];
}

/**
 * Records of delimited text by RFC 4180, from chunks cut anywhere: quoted fields may hold delimiters, doubled quotes
 * and line ends; LF, CRLF and CR end a record; blank lines are skipped. Memory holds one record. A quote that is never
 * closed spoils the rest of the text and is reported on the line it opens.
 */
export class DelimitedReader {
  private fields: string[] = [];
  private field = '';
  private state: 'start' | 'plain' | 'quoted' | 'after-quote' = 'start';
  private line = 0;
  private recordLine = 0;
  private problem: string | undefined;
  private lastWasCr = false;
  private readonly delimiter: string;
  private readonly special: RegExp;

  constructor(delimiter: string) {
    this.delimiter = delimiter;
    this.special = new RegExp(`["\\r\\n${delimiter}]`, 'g');
  }

  /** The records that end in this chunk; take them all before the next chunk. */
  *feed(chunk: string): Generator<DelimitedRecord> {
    let at = 0;
    while (at < chunk.length) {
      this.special.lastIndex = at;
      const end = this.special.exec(chunk)?.index ?? chunk.length;
      // Whole runs at once: a field put together character by character takes many times its memory.
      if (end > at) this.takeText(chunk.slice(at, end));
      const char = chunk[end];
      if (char !== undefined) yield* this.takeSpecial(char);
      at = end + 1;
    }
  }

  /** The last record, after the last chunk. */
  *end(): Generator<DelimitedRecord> {
    if (this.state === 'quoted') this.problem = 'a quote is opened here and never closed';
    yield* this.finishRecord();
  }

  /** Characters that stand for themselves wherever they are. */
  private takeText(text: string): void {
    this.lastWasCr = false;
    this.field += text;
    if (this.state === 'quoted') return;
    if (this.state === 'after-quote')
      this.problem ??= 'text follows a closing quote; double a quote inside quotes';
    this.state = 'plain';
  }

  private *takeSpecial(char: string): Generator<DelimitedRecord> {
    const isLineEnd = char === '\n' || char === '\r';
    const isSecondHalf = char === '\n' && this.lastWasCr;
    this.lastWasCr = char === '\r';
    if (isLineEnd && !isSecondHalf) this.line++;
    if (this.state === 'quoted') {
      if (char === '"') this.state = 'after-quote';
      else this.field += char;
    } else if (isLineEnd) {
      if (!isSecondHalf) yield* this.finishRecord();
      else this.recordLine = this.line;
    } else this.takeOutside(char);
  }

  /** A delimiter or a quote, not inside quotes. */
  private takeOutside(char: string): void {
    if (char === this.delimiter) {
      this.fields.push(this.field);
      this.field = '';
      this.state = 'start';
    } else if (char === '"' && this.state === 'start') {
      this.state = 'quoted';
    } else if (char === '"' && this.state === 'after-quote') {
      this.field += '"';
      this.state = 'quoted';
    } else this.takeText(char);
  }

  private *finishRecord(): Generator<DelimitedRecord> {
    const isBlank = this.fields.length === 0 && this.field === '' && this.state === 'start';
    if (!isBlank) {
      const fields = [...this.fields, this.field];
      yield { fields, line: this.recordLine, ...(this.problem !== undefined && { problem: this.problem }) };
    }
    this.fields = [];
    this.field = '';
    this.state = 'start';
    this.problem = undefined;
    this.recordLine = this.line;
  }
}
