// The regular expressions of users: RE2 (re2js), whose time is linear in the text, so that no pattern can hang the host.
// An entry of its own in esbuild.mjs, loaded on first use: the engine carries the Unicode tables.
import { RE2JS } from 're2js';

/** Steps (instructions of the pattern × characters of the text) up to which a match is tried: about a second. */
const maxSteps = 1e8;

const flagBits: Readonly<Record<string, number>> = {
  i: RE2JS.CASE_INSENSITIVE,
  m: RE2JS.MULTILINE,
  s: RE2JS.DOTALL,
  // JavaScript flags that mean nothing here: Unicode is always on, and one match is enough.
  u: 0,
  g: 0,
};

export interface Pattern {
  /** Looks for the pattern anywhere in the text. Throws when the text is too long for a pattern this large. */
  test(text: string): boolean;
}

/** The pattern, or what is wrong with it as text. */
export function compilePattern(pattern: string, flags = ''): Pattern | string {
  const compiled = compile(pattern, flags);
  if (typeof compiled === 'string') return compiled;
  const size = compiled.programSize();
  return {
    test: (text) => {
      if (size * text.length > maxSteps) {
        throw new Error(`The pattern is too large for a text of ${text.length} characters.`);
      }
      return compiled.test(text);
    },
  };
}

function compile(pattern: string, flags: string): RE2JS | string {
  let bits = 0;
  for (const flag of flags) {
    const bit = flagBits[flag];
    if (bit === undefined) return `unknown flag \`${flag}\`: \`i\`, \`m\` and \`s\` are known`;
    bits |= bit;
  }
  try {
    return RE2JS.compile(RE2JS.translateRegExp(pattern), bits);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const unsupported =
      /unsupported Perl syntax|invalid escape sequence: `\\[1-9k]|invalid named capture: `\(\?<[=!]/.test(
        message,
      );
    const hint = unsupported ? ' (look-around and back-references do not exist in a linear-time engine)' : '';
    return message.replace(/^error parsing regexp: /, '') + hint;
  }
}
