/** One record of a CSV or TSV text and the line (from 0) it begins on. */
export interface DelimitedRecord {
  readonly fields: readonly string[];
  readonly line: number;
  /** What is wrong with the record; its fields are then not to be used. */
  readonly problem?: string;
}

/**
 * Records of delimited text by RFC 4180, from chunks cut anywhere: quoted fields may hold delimiters, doubled quotes
 * and line ends; LF, CRLF and CR end a record; blank lines are skipped. Memory holds one record. A quote that is never
 * closed spoils the rest of the text and is reported on the line it opens.
 */
export async function* readDelimited(
  chunks: AsyncIterable<string>,
  delimiter: ',' | '\t',
): AsyncGenerator<DelimitedRecord> {
  const reader = new DelimitedReader(delimiter);
  for await (const chunk of chunks) yield* reader.feed(chunk);
  yield* reader.end();
}

/** Records of a text that is there already, such as a clipboard's. */
export function delimitedRecords(text: string, delimiter: ',' | '\t' | ';'): readonly DelimitedRecord[] {
  const reader = new DelimitedReader(delimiter);
  return [...reader.feed(text), ...reader.end()];
}

class DelimitedReader {
  private fields: string[] = [];
  private field = '';
  private state: 'start' | 'plain' | 'quoted' | 'after-quote' = 'start';
  private line = 0;
  private recordLine = 0;
  private problem: string | undefined;
  private lastWasCr = false;
  private readonly delimiter: string;

  constructor(delimiter: string) {
    this.delimiter = delimiter;
  }

  *feed(chunk: string): Generator<DelimitedRecord> {
    for (const char of chunk) {
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
  }

  *end(): Generator<DelimitedRecord> {
    if (this.state === 'quoted') this.problem = 'a quote is opened here and never closed';
    yield* this.finishRecord();
  }

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
    } else {
      if (this.state === 'after-quote')
        this.problem ??= 'text follows a closing quote; double a quote inside quotes';
      this.field += char;
      this.state = 'plain';
    }
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
