import type { Remainder } from '../convert/conversion.ts';
import { meaningOf, readTag, type Meaning, type Tag } from './handlebarsTag.ts';
import { endFinder, lineCounter } from './lineCounter.ts';
import { TemplateBuilder } from './templateBuilder.ts';

/** A piece of a converted template: text in our language, or (dotprompt) the begin of another role's message. */
export type TemplatePiece =
  { readonly type: 'text'; readonly template: string } | { readonly type: 'role'; readonly role: string };

export interface HandlebarsOptions {
  /** The file's line on which the text begins, from 1. */
  readonly firstLine: number;
  /** dotprompt's helpers `role`, `history`, `media`, `section` and `json`. */
  readonly helpers: boolean;
}

const opening = /\\{0,2}\{\{/g;
/** Blocks that give names another meaning. */
const rebinds = /^[#^](?!\s*(?:if|unless|ifEquals|unlessEquals)\b)/;

/**
 * Handlebars and Mustache → our templates. Names stay, comments go, `{{{name}}}` is the same as `{{name}}`; blocks,
 * partials and other helpers have no counterpart: they stay in the text as they are, each with a note.
 * Reference: handlebarsjs.com, "Language Guide"; mustache(5); google.github.io/dotprompt, "Template content".
 */
export function fromHandlebars(
  source: string,
  remainder: Remainder,
  options: HandlebarsOptions,
): TemplatePiece[] {
  return new HandlebarsReader(source, remainder, options).read();
}

class HandlebarsReader {
  private readonly pieces: TemplatePiece[] = [];
  private readonly builder = new TemplateBuilder();
  /** Open blocks inside which a name means something else. */
  private rebound = 0;
  private at = 0;
  private readonly source: string;
  private readonly remainder: Remainder;
  private readonly options: HandlebarsOptions;
  private readonly lineOf: (offset: number) => number;
  private readonly endOf: (end: string, from: number) => number;

  constructor(source: string, remainder: Remainder, options: HandlebarsOptions) {
    this.source = source;
    this.remainder = remainder;
    this.options = options;
    this.lineOf = lineCounter(source, options.firstLine);
    this.endOf = endFinder(source);
  }

  read(): TemplatePiece[] {
    for (const match of this.source.matchAll(opening)) {
      if (match.index < this.at) continue;
      const slashes = match[0].length - 2;
      this.builder.text(this.source.slice(this.at, match.index));
      this.readOne(match.index + slashes, slashes);
    }
    this.builder.text(this.source.slice(this.at));
    this.endPiece();
    return this.pieces;
  }

  /** One pair of braces, after none, one or two backslashes. */
  private readOne(start: number, slashes: number): void {
    const tag = readTag(this.source, start, this.endOf);
    if (tag === null) {
      this.builder.text(this.source.slice(start - slashes, start + 2));
      this.note(start, '`{{` is never closed; it stays in the text.');
      this.at = start + 2;
      return;
    }
    this.at = tag.end;
    const raw = this.source.slice(start, tag.end);
    if (slashes === 1) {
      this.builder.text(raw);
      return;
    }
    if (slashes === 2) this.builder.text('\\');
    if (tag.trimsBefore) this.builder.trimEnd();
    const meaning = meaningOf(tag.inside, this.options.helpers);
    if (meaning.type === 'open' || meaning.type === 'close') this.block(tag, meaning, raw, start);
    else if (this.rebound > 0) this.builder.text(raw);
    else this.put(meaning, raw, start);
    if (tag.trimsAfter) this.builder.trimStart();
  }

  private block(tag: Tag, meaning: Meaning & { readonly note: string }, raw: string, start: number): void {
    if (meaning.type === 'open' && rebinds.test(tag.inside)) this.rebound++;
    else if (meaning.type === 'close' && rebinds.test(tag.inside.replace('/', '#'))) {
      this.rebound = Math.max(0, this.rebound - 1);
    }
    this.keep(raw, start, meaning.note);
  }

  private put(meaning: Meaning, raw: string, start: number): void {
    switch (meaning.type) {
      case 'variable':
        this.builder.variable(meaning.name);
        if (meaning.note !== null) this.note(start, `\`${raw}\` ${meaning.note}`);
        return;
      case 'comment': {
        if (meaning.text !== '') this.note(start, `A comment is left out: ${meaning.text}`);
        const lineEnd = /^[ \t]*(?:\n|$)/.exec(this.source.slice(this.at))?.[0];
        // A comment that has its line for itself takes the line along.
        if (lineEnd !== undefined && this.builder.takeIndent()) this.at += lineEnd.length;
        return;
      }
      case 'role':
        this.endPiece();
        this.pieces.push({ type: 'role', role: meaning.role });
        return;
      default:
        this.keep(raw, start, meaning.note);
    }
  }

  private keep(raw: string, start: number, words: string): void {
    this.builder.text(raw);
    this.note(start, `\`${raw}\` ${words} It stays in the text as it is: rewrite it by hand.`);
  }

  private endPiece(): void {
    const template = this.builder.build();
    if (template !== '') this.pieces.push({ type: 'text', template });
  }

  private note(offset: number, message: string): void {
    this.remainder.note(`line ${this.lineOf(offset)}`, message);
  }
}
