import { variableNamePattern } from '../../domain/template.ts';

/** What stands between a pair of braces. */
export interface Tag {
  readonly inside: string;
  readonly end: number;
  readonly trimsBefore: boolean;
  readonly trimsAfter: boolean;
}

/** null: it is never closed. */
export function readTag(
  source: string,
  start: number,
  endOf: (end: string, from: number) => number,
): Tag | null {
  const isTriple = source.startsWith('{{{', start);
  const long = /^\{\{~?!--/.exec(source.slice(start, start + 6))?.[0];
  const closes = long === undefined ? [isTriple ? '}}}' : '}}'] : ['--}}', '--~}}'];
  const ends = closes
    .map((close) => ({ close, at: endOf(close, start + (long?.length ?? 2)) }))
    .filter(({ at }) => at >= 0)
    .toSorted((a, b) => a.at - b.at);
  const [first] = ends;
  if (first === undefined) return null;
  const end = first.at + first.close.length;
  const inner = source.slice(start + (isTriple ? 3 : 2), end - (isTriple ? 3 : 2));
  const trimsBefore = inner.startsWith('~');
  const trimsAfter = inner.length > 1 && inner.endsWith('~');
  const inside = inner.slice(trimsBefore ? 1 : 0, trimsAfter ? -1 : undefined).trim();
  return { inside, end, trimsBefore, trimsAfter };
}

export type Meaning =
  | { readonly type: 'variable'; readonly name: string; readonly note: string | null }
  | { readonly type: 'comment'; readonly text: string }
  | { readonly type: 'role'; readonly role: string }
  | { readonly type: 'open' | 'close' | 'unsupported'; readonly note: string };

/** Names that are no variables. */
const keywords = new Set(['this', 'else', 'true', 'false', 'null', 'undefined']);

/** `helpers`: those of dotprompt. */
export function meaningOf(inside: string, helpers: boolean): Meaning {
  if (inside.startsWith('!')) {
    return {
      type: 'comment',
      text: inside
        .replace(/^!(?:--)?/, '')
        .replace(/--$/, '')
        .trim()
        .slice(0, 200),
    };
  }
  if (helpers) {
    const helper = helperMeaning(inside);
    if (helper !== null) return helper;
  }
  const name = inside.replace(/^&\s*/, '');
  if (variableNamePattern.test(name) && !keywords.has(name)) {
    const note = name.includes('.') ? `is one variable here, called \`${name}\`.` : null;
    return { type: 'variable', name, note };
  }
  if (/^[#^]/.test(inside)) return { type: 'open', note: 'is a block, which has no counterpart.' };
  if (inside.startsWith('/')) return { type: 'close', note: 'ends a block, which has no counterpart.' };
  if (inside.startsWith('>'))
    return { type: 'unsupported', note: 'includes another file, which has no counterpart.' };
  return { type: 'unsupported', note: 'has no counterpart.' };
}

function helperMeaning(inside: string): Meaning | null {
  const role = /^role\s+(["'])(\w+)\1$/.exec(inside)?.[2];
  if (role !== undefined) return { type: 'role', role };
  const json = /^json\s+([A-Za-z_][\w.-]*)(?:\s+indent=\d+)?$/.exec(inside)?.[1];
  if (json !== undefined) {
    return {
      type: 'variable',
      name: json,
      note: 'is inserted as JSON without line breaks; a text is inserted without quotes.',
    };
  }
  if (inside === 'history')
    return { type: 'unsupported', note: 'inserts a conversation, which has no counterpart.' };
  if (/^media\b/.test(inside))
    return { type: 'unsupported', note: 'inserts an image or file, which has no counterpart.' };
  if (/^section\b/.test(inside))
    return { type: 'unsupported', note: 'marks a section, which has no counterpart.' };
  return null;
}
