import type { Coalescer } from './coalesce.ts';
import { coalesce } from './coalesce.ts';

/** Where text goes: the output channel. */
export interface TextSink {
  append(text: string): void;
}

/** The part of the output that belongs to one run. */
export interface RunOutput {
  append(text: string): void;
  end(): void;
}

interface Page extends RunOutput {
  readonly buffer: string[];
  ended: boolean;
}

/**
 * One channel, several runs: a run's text is never mixed with another's. The oldest open run streams; what younger ones
 * say waits until it has ended. Text is passed on about twenty times a second.
 */
export class OutputLog {
  private readonly pages: Page[] = [];
  private readonly coalescer: Coalescer;
  private written = '';

  constructor(sink: TextSink) {
    this.coalescer = coalesce((text) => {
      // Kept for `text()`: a channel cannot be read back. The channel itself is bounded by the editor.
      this.written = (this.written + text).slice(-keptCharacters);
      sink.append(text);
    });
  }

  open(): RunOutput {
    const page: Page = {
      buffer: [],
      ended: false,
      append: (text) => {
        if (this.isFirst(page)) this.coalescer.add(text);
        else page.buffer.push(text);
      },
      end: () => {
        page.ended = true;
        if (this.isFirst(page)) this.turn();
      },
    };
    this.pages.push(page);
    return page;
  }

  /** What the channel shows. */
  text(): string {
    this.coalescer.flush();
    return this.written;
  }

  private isFirst(page: Page): boolean {
    return this.pages[0] === page;
  }

  private turn(): void {
    const ended = this.pages.findIndex((page) => !page.ended);
    const over = this.pages.splice(0, ended < 0 ? this.pages.length : ended);
    for (const page of [...over, ...this.pages.slice(0, 1)]) {
      this.coalescer.add(page.buffer.splice(0).join(''));
    }
    this.coalescer.flush();
  }
}

const keptCharacters = 4_000_000;
