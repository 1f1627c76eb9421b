/** Why a text is no JSON. */
export interface JsonProblem {
  /** Where it stops being JSON, as a position in the text; its length when only the end is missing. */
  readonly offset: number;
  /** `end`: the text stops before the value does. */
  readonly what: 'end' | 'other';
  /** What belongs there, or what is wrong there, to follow "it is not valid JSON: ". */
  readonly words: string;
}

type Wanted = 'value' | 'value or ]' | 'key' | 'key or }' | 'colon' | 'comma' | 'nothing';

const blank = /[ \t\n\r]*/y;
const scalar = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])|(?:true|false|null)(?!\w)/y;
const beginOfScalar = /t(?:ru?)?|f(?:a(?:ls?)?)?|n(?:ul?)?|-?(?:(?:0|[1-9]\d*)(?:\.\d*)?(?:[eE][+-]?)?)?/y;
const plainText = /[^"\\\u0000-\u001f]*/y; // eslint-disable-line no-control-regex -- what JSON forbids in quotes
const escape = /\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})/y;
const cutEscape = /\\(?:u[\dA-Fa-f]{0,3})?/y;

/**
 * Where and why a text is no JSON, in the same words on every engine; null when it is. Steps through the text instead of
 * calling itself, so that neither depth nor length exhausts the stack.
 */
export function jsonProblem(text: string): JsonProblem | null {
  const open: ('{' | '[')[] = [];
  let wanted: Wanted = 'value';
  let at = 0;
  for (;;) {
    at = after(blank, text, at) ?? at;
    const char = text[at];
    if (char === undefined) return wanted === 'nothing' ? null : ended(text);
    const step = stepAt(text, at, wanted, open);
    if (typeof step !== 'number') return step;
    wanted = nextWanted(char, wanted, open);
    at = step;
  }
}

/** Where the token ends, or why it cannot stand here. */
function stepAt(text: string, at: number, wanted: Wanted, open: readonly string[]): number | JsonProblem {
  const char = text[at] ?? '';
  const isClosing = char === '}' || char === ']';
  if (
    isClosing &&
    (wanted === 'value' || wanted === 'key') &&
    open.length > 0 &&
    text[lastBefore(text, at)] === ','
  )
    return wrong(at, `the comma before this \`${char}\` is one too many`);
  switch (wanted) {
    case 'nothing':
      return wrong(at, 'something follows the end of it here');
    case 'colon':
      return char === ':' ? at + 1 : wrong(at, 'a `:` belongs here');
    case 'comma': {
      const end = open.at(-1) === '{' ? '}' : ']';
      return char === ',' || char === end ? at + 1 : wrong(at, `a \`,\` or a \`${end}\` belongs here`);
    }
    case 'key':
    case 'key or }':
      if (char === '"') return endOfText(text, at);
      return char === '}' && wanted === 'key or }'
        ? at + 1
        : wrong(at, 'a key in double quotes belongs here');
    case 'value':
    case 'value or ]':
      return char === ']' && wanted === 'value or ]' ? at + 1 : endOfValue(text, at);
  }
}

function endOfValue(text: string, at: number): number | JsonProblem {
  const char = text[at];
  if (char === '{' || char === '[') return at + 1;
  if (char === '"') return endOfText(text, at);
  const end = after(scalar, text, at);
  if (end !== null) return end;
  const isCut = after(beginOfScalar, text, at) === text.length;
  return isCut ? ended(text) : wrong(at, 'a value belongs here');
}

function endOfText(text: string, start: number): number | JsonProblem {
  let at = start + 1;
  for (;;) {
    at = after(plainText, text, at) ?? at;
    const char = text[at];
    if (char === undefined) return ended(text);
    if (char === '"') return at + 1;
    const end = char === '\\' ? after(escape, text, at) : null;
    if (end !== null) at = end;
    else if (char === '\n' || char === '\r') return wrong(at, 'the line ends within quotes');
    else if (char !== '\\') return wrong(at, 'a control character stands within quotes');
    else if (after(cutEscape, text, at) === text.length) return ended(text);
    else return wrong(at, 'this backslash means nothing; a backslash itself is written twice');
  }
}

/** What may follow the token that begins with `char`; keeps `open` up to date. */
function nextWanted(char: string, wanted: Wanted, open: ('{' | '[')[]): Wanted {
  if (char === '{' || char === '[') {
    open.push(char);
    return char === '{' ? 'key or }' : 'value or ]';
  }
  if (wanted === 'colon') return 'value';
  if (char === ',') return open.at(-1) === '{' ? 'key' : 'value';
  if (wanted === 'key' || (wanted === 'key or }' && char === '"')) return 'colon';
  if (char === '}' || char === ']') open.pop();
  return open.length === 0 ? 'nothing' : 'comma';
}

function after(pattern: RegExp, text: string, at: number): number | null {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : null;
}

function lastBefore(text: string, at: number): number {
  let before = at - 1;
  while (before >= 0 && /\s/.test(text[before] ?? '')) before--;
  return before;
}

const wrong = (offset: number, words: string): JsonProblem => ({ offset, what: 'other', words });

const ended = (text: string): JsonProblem => ({
  offset: text.length,
  what: 'end',
  words: 'it ends too early',
});
