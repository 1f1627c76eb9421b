import type { JsonValue } from './json.ts';

/** A piece of a template. Offsets are UTF-16 code units into the template's text, `end` exclusive. */
export type TemplatePart =
  | { readonly type: 'text'; readonly text: string; readonly start: number; readonly end: number }
  | { readonly type: 'variable'; readonly name: string; readonly start: number; readonly end: number };

/** Something between (or after) double braces that is no variable. It renders as the text it is. */
export interface TemplateProblem {
  readonly code: 'unsupported-template' | 'unclosed-template';
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

export interface ParsedTemplate {
  readonly parts: readonly TemplatePart[];
  readonly problems: readonly TemplateProblem[];
}

export interface RenderedTemplate {
  readonly text: string;
  /** Variables without a value, each use of them; they render as nothing. Not empty: do not send the text. */
  readonly missing: readonly { readonly name: string; readonly start: number; readonly end: number }[];
  readonly problems: readonly TemplateProblem[];
}

/** What a variable may be called. */
export const variableNamePattern = /^[A-Za-z_][A-Za-z0-9_.-]*$/;

const variableAt = /\{\{\s*([A-Za-z_][A-Za-z0-9_.-]*)\s*\}\}/y;

/**
 * Reads `{{name}}` templates: `{{{{` is a literal `{{`, `{{{x}}}` a brace, the value and a brace, a lone `}}` is text.
 * Anything else after `{{` is a problem. Never throws; the parts' ranges cover the text without gaps.
 */
export function parseTemplate(text: string): ParsedTemplate {
  const parts: TemplatePart[] = [];
  const problems: TemplateProblem[] = [];
  let literal = '';
  let literalStart = 0;
  let at = 0;
  const flush = (end: number): void => {
    if (end > literalStart) parts.push({ type: 'text', text: literal, start: literalStart, end });
    literal = '';
  };
  const take = (source: number, as: string): void => {
    literal += as;
    at += source;
  };
  while (at < text.length) {
    const open = text.indexOf('{{', at);
    if (open < 0) {
      take(text.length - at, text.slice(at));
      break;
    }
    take(open - at, text.slice(at, open));
    if (text.startsWith('{{{{', at)) {
      take(4, '{{');
    } else if (text.startsWith('{{{', at)) {
      take(1, '{');
    } else {
      variableAt.lastIndex = at;
      const name = variableAt.exec(text)?.[1];
      if (name === undefined) {
        const problem = describeProblem(text, at);
        problems.push(problem);
        take(problem.end - at, text.slice(at, problem.end));
      } else {
        flush(at);
        parts.push({ type: 'variable', name, start: at, end: variableAt.lastIndex });
        at = literalStart = variableAt.lastIndex;
      }
    }
  }
  flush(text.length);
  return { parts, problems };
}

const literalHint = 'For a literal `{{` write `{{{{`.';

function describeProblem(text: string, start: number): TemplateProblem {
  const next = text.indexOf('{{', start + 2);
  // Looks no further than the next opening, so that many of them take linear time.
  const inside = text.slice(start + 2, next < 0 ? text.length : next);
  const close = inside.indexOf('}}');
  if (close < 0) {
    const message = `This \`{{\` is never closed. Close the variable with \`}}\`. ${literalHint}`;
    return { code: 'unclosed-template', message, start, end: start + 2 };
  }
  const end = start + close + 4;
  const words = inside.slice(0, close).trim();
  const shown = words.length > 40 ? `${words.slice(0, 40)}…` : words;
  const message =
    words === ''
      ? `There is no variable name between these braces. ${literalHint}`
      : `\`{{${shown}}}\` is not supported: only a variable name (letters, digits, \`_\`, \`.\`, \`-\`) may stand between double braces. ${literalHint}`;
  return { code: 'unsupported-template', message, start, end };
}

/**
 * Puts values into a template, in one pass: what a value holds is never read as a template. Names are looked up whole
 * and as own keys (`steps.a.output` is one key, not a path).
 */
export function renderTemplate(
  template: string | ParsedTemplate,
  values: Readonly<Record<string, JsonValue>>,
): RenderedTemplate {
  const { parts, problems } = typeof template === 'string' ? parseTemplate(template) : template;
  const missing: { name: string; start: number; end: number }[] = [];
  let text = '';
  for (const part of parts) {
    if (part.type === 'text') {
      text += part.text;
      continue;
    }
    const value = Object.hasOwn(values, part.name) ? values[part.name] : undefined;
    if (value === undefined) missing.push({ name: part.name, start: part.start, end: part.end });
    else text += renderValue(value);
  }
  return { text, missing, problems };
}

/** A value as it is inserted: a string as it is, a number or boolean as YAML prints it, anything else as JSON. */
export function renderValue(value: JsonValue): string {
  if (typeof value === 'string') return value;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Names of the variables a template uses, each once, in order of first use. */
export function variablesOf(template: string | ParsedTemplate): string[] {
  const { parts } = typeof template === 'string' ? parseTemplate(template) : template;
  return [...new Set(parts.flatMap((part) => (part.type === 'variable' ? [part.name] : [])))];
}

/** The template that renders to exactly this text. */
export function escapeTemplate(text: string): string {
  return text.replaceAll('{{', '{{{{');
}
