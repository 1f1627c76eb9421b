import { distance } from 'fastest-levenshtein';
import { againstExpected, graded, withoutScore } from './evaluator.ts';

/** The product of both lengths up to which the exact distance is computed: about a quarter of a second. */
const maxCells = 1e9;

/** 1 − edit distance / longer length, in code points; two empty texts are equal. */
export const levenshtein = againstExpected('graded', (output, expected) => {
  const a = Array.from(output);
  const b = Array.from(expected);
  const longer = Math.max(a.length, b.length);
  if (longer === 0) return graded(1);
  const [restA, restB] = withoutCommonEnds(a, b);
  if (restA.length * restB.length > maxCells) {
    return withoutScore(
      `The texts are too long for an edit distance (${a.length} and ${b.length} characters). Use \`promptly/rouge-l\` or \`promptly/word-overlap\` for long texts.`,
    );
  }
  const units = asSingleUnits(restA, restB);
  if (units === null)
    return withoutScore('The texts hold too many different characters for an edit distance.');
  const edits = distance(...units);
  return graded(1 - edits / longer, `${edits} edits over ${longer} characters`);
});

/** What both texts begin and end with never costs an edit. */
function withoutCommonEnds(
  a: readonly string[],
  b: readonly string[],
): [readonly string[], readonly string[]] {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start++;
  let end = 0;
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return [a.slice(start, a.length - end), b.slice(start, b.length - end)];
}

/** The package counts UTF-16 units: give each different code point a unit of its own, so that both counts agree. */
function asSingleUnits(a: readonly string[], b: readonly string[]): [string, string] | null {
  const units = new Map<string, number>();
  const encode = (characters: readonly string[]): string => {
    const pieces: string[] = [];
    for (const character of characters) {
      const unit = units.get(character) ?? units.size;
      units.set(character, unit);
      pieces.push(String.fromCharCode(unit));
    }
    return pieces.join('');
  };
  const encoded: [string, string] = [encode(a), encode(b)];
  return units.size > 0x10000 ? null : encoded;
}
