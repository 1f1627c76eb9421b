import type { CursorContext } from './cursorContext.ts';

type FlowContext = Omit<CursorContext, 'column'> & {
  /** Characters of the word before the cursor. */ readonly before: number;
};

interface Level {
  readonly isMap: boolean;
  index: number;
  key: string | null;
  readonly keys: string[];
}

/** Where a cursor stands between brackets of its own line; null when it does not. */
export function flowContext(before: string, behind: string): FlowContext | null {
  const levels: Level[] = [];
  let word = '';
  let quote = '';
  for (let at = 0; at < before.length; at++) {
    const char = before[at] ?? '';
    const level = levels.at(-1);
    if (quote !== '') {
      if (char === quote) quote = '';
      word += char;
    } else if ((char === '"' || char === "'") && word.trim() === '') {
      [quote, word] = [char, char];
    } else if (char === '{' && before[at + 1] === '{') {
      word += '{{';
      at++;
    } else if ((char === '{' || char === '[') && word.trim() === '') {
      levels.push({ isMap: char === '{', index: 0, key: null, keys: [] });
      word = '';
    } else if (level !== undefined && (char === '}' || char === ']') && !word.includes('{{')) {
      levels.pop();
      word = '';
    } else if (level !== undefined && char === ',') {
      level.index++;
      level.key = null;
      word = '';
    } else if (
      level?.isMap === true &&
      level.key === null &&
      char === ':' &&
      /^(?:\s|$)/.test(before.slice(at + 1))
    ) {
      level.key = unquoted(word);
      level.keys.push(level.key);
      word = '';
    } else word += char;
  }
  const inner = levels.at(-1);
  if (inner === undefined) return null;
  const path = levels.flatMap(({ isMap, index, key }): (string | number)[] =>
    isMap ? (key === null ? [] : [key]) : [index],
  );
  const typed = word.trimStart();
  const rest = /^[\w./-]*/.exec(behind)?.[0] ?? '';
  const isKey = inner.isMap && inner.key === null;
  return {
    path,
    part: isKey ? 'key' : 'value',
    word: typed + rest,
    before: typed.length,
    siblings: inner.keys,
    hasColon: isKey && /^\s*:/.test(behind.slice(rest.length)),
  };
}

const unquoted = (word: string): string => word.trim().replace(/^(["'])(.*)\1$/, '$2');
