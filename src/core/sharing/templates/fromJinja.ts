import { variableNamePattern } from '../../domain/template.ts';
import type { Remainder } from '../convert/conversion.ts';
import { endFinder, lineCounter } from './lineCounter.ts';
import { TemplateBuilder } from './templateBuilder.ts';

export interface JinjaTemplate {
  readonly template: string;
  /** From `{{ name | default("…") }}`. */
  readonly defaults: Readonly<Record<string, string>>;
}

const opening = /\{[{%#]/g;
const ends = { '{{': '}}', '{%': '%}', '{#': '#}' } as const;
const rawEnd = /\{%[-+]?\s*endraw\s*[-+]?%\}/g;

/**
 * Jinja2 → our templates. Names stay, comments go, `raw` blocks become text, `default` becomes the variable's default;
 * statements and other filters have no counterpart: they stay in the text as they are, each with a note.
 * Reference: jinja.palletsprojects.com, "Template Designer Documentation".
 */
export function fromJinja(source: string, remainder: Remainder, firstLine: number): JinjaTemplate {
  return new JinjaReader(source, remainder, firstLine).read();
}

class JinjaReader {
  private readonly builder = new TemplateBuilder();
  private readonly defaults: Record<string, string> = {};
  private readonly loops: string[][] = [];
  private at = 0;
  private lacksRawEnd = false;
  private readonly source: string;
  private readonly remainder: Remainder;
  private readonly lineOf: (offset: number) => number;

  constructor(source: string, remainder: Remainder, firstLine: number) {
    this.source = source;
    this.remainder = remainder;
    this.lineOf = lineCounter(source, firstLine);
  }

  read(): JinjaTemplate {
    const endOf = endFinder(this.source);
    for (const match of this.source.matchAll(opening)) {
      if (match.index < this.at) continue;
      const kind = match[0] as keyof typeof ends;
      const end = endOf(ends[kind], match.index + 2);
      if (end < 0) continue;
      this.builder.text(this.source.slice(this.at, match.index));
      this.at = end + 2;
      this.readOne(kind, match.index, this.source.slice(match.index, end + 2));
    }
    this.builder.text(this.source.slice(this.at));
    return { template: this.builder.build(), defaults: this.defaults };
  }

  private readOne(kind: keyof typeof ends, start: number, raw: string): void {
    if (raw[2] === '-') this.builder.trimEnd();
    const inside = raw.slice(2, -2).replace(/^[-+]/, '').replace(/[-+]$/, '').trim();
    if (kind === '{#') {
      if (inside !== '') this.note(start, `A comment is left out: ${inside.slice(0, 200)}`);
    } else if (kind === '{%') this.statement(inside, start, raw);
    else this.expression(inside, start, raw);
    if (raw.at(-3) === '-') this.builder.trimStart();
  }

  private statement(inside: string, start: number, raw: string): void {
    if (inside === 'raw' && !this.lacksRawEnd) {
      rawEnd.lastIndex = this.at;
      const end = rawEnd.exec(this.source);
      if (end !== null) {
        this.builder.text(this.source.slice(this.at, end.index));
        this.at = rawEnd.lastIndex;
        return;
      }
      this.lacksRawEnd = true;
    }
    followLoops(inside, this.loops);
    this.keep(raw, start, 'has no counterpart.');
  }

  private expression(inside: string, start: number, raw: string): void {
    const meaning = meaningOf(inside);
    if (meaning.type === 'text') this.builder.text(meaning.text);
    else if (meaning.type === 'unsupported') this.keep(raw, start, 'has no counterpart.');
    else if (this.loops.flat().includes(meaning.name.split('.')[0] ?? '')) {
      this.keep(raw, start, 'belongs to a loop.');
    } else {
      this.builder.variable(meaning.name);
      if (meaning.default !== undefined) this.defaults[meaning.name] ??= meaning.default;
      if (meaning.note !== undefined) this.note(start, `\`${raw}\` ${meaning.note}`);
    }
  }

  private keep(raw: string, start: number, words: string): void {
    this.builder.text(raw);
    this.note(start, `\`${raw}\` ${words} It stays in the text as it is: rewrite it by hand.`);
  }

  private note(offset: number, message: string): void {
    this.remainder.note(`line ${this.lineOf(offset)}`, message);
  }
}

/** Names that only a loop knows, while it lasts. */
function followLoops(statement: string, loops: string[][]): void {
  const names = /^for\s+([\w\s,]+?)\s+in\b/.exec(statement)?.[1];
  if (names !== undefined) loops.push(['loop', ...names.split(',').map((name) => name.trim())]);
  else if (/^endfor\b/.test(statement)) loops.pop();
}

type Meaning =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'unsupported' }
  | { readonly type: 'variable'; readonly name: string; readonly default?: string; readonly note?: string };

const quoted = /^(["'])((?:(?!\1)[^\\]|\\.)*)\1$/;
const unquote = (text: string): string | undefined =>
  quoted.exec(text)?.[2]?.replace(/\\(.)/g, (_, char: string) => (char === 'n' ? '\n' : char));

function meaningOf(expression: string): Meaning {
  const literal = unquote(expression);
  if (literal !== undefined) return { type: 'text', text: literal };
  const [, base = '', filters = ''] = /^([^|]*?)\s*((?:\|[^|]*)*)$/.exec(expression) ?? [];
  const name = base.replace(/\[\s*(["'])([A-Za-z_]\w*)\1\s*\]/g, '.$2').trim();
  if (!variableNamePattern.test(name) || name.includes('-')) return { type: 'unsupported' };
  let preset: string | undefined;
  let note = name.includes('.') ? `is one variable here, called \`${name}\`.` : undefined;
  for (const filter of filters
    .split('|')
    .slice(1)
    .map((each) => each.trim())) {
    const argument =
      /^(?:default|d)\s*\(\s*((["'])(?:(?!\2)[^\\]|\\.)*\2)\s*(?:,\s*(?:boolean\s*=\s*)?[Tt]rue\s*)?\)$/.exec(
        filter,
      )?.[1];
    if (argument !== undefined) preset = unquote(argument);
    else if (filter === 'tojson')
      note = 'is inserted as JSON where it is no text; a text is inserted without quotes.';
    else if (filter !== 'safe' && filter !== 'string') return { type: 'unsupported' };
  }
  return {
    type: 'variable',
    name,
    ...(preset !== undefined && { default: preset }),
    ...(note !== undefined && { note }),
  };
}
