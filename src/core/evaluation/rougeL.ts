import { againstExpected, againstNothing, graded, withoutScore } from './evaluator.ts';
import { wordsOf } from './words.ts';

/** The product of both word counts up to which the subsequence is computed: below a second. */
const maxCells = 1e9;

/** ROUGE-L (Lin 2004): F1 of the longest common subsequence of lower-case words. */
export const rougeL = againstExpected('graded', (output, expected) => {
  const [a, b] = [wordsOf(output), wordsOf(expected)];
  if (b.length === 0) return againstNothing(a.length === 0);
  if (a.length * b.length > maxCells) {
    return withoutScore(
      `The texts are too long for a longest common subsequence (${a.length} and ${b.length} words). Use \`promptly/word-overlap\` for long texts.`,
    );
  }
  const common = commonSubsequenceLength(a, b);
  return graded((2 * common) / (a.length + b.length), `${common} words in common order`);
});

/**
 * Length of the longest common subsequence, 32 cells at a time (Hyyrö 2004, "Bit-parallel LCS-length computation
 * revisited"): a zero bit in `row` is a place of `a` that ends one more common word.
 */
export function commonSubsequenceLength(a: readonly string[], b: readonly string[]): number {
  const size = Math.ceil(a.length / 32);
  const places = placesOf(a);
  const row = new Uint32Array(size).fill(0xffffffff);
  for (const word of b) {
    const matches = places.get(word);
    if (matches !== undefined) advance(row, matches);
  }
  let zeros = 0;
  for (let at = 0; at < a.length; at++) {
    if ((((row[at >>> 5] ?? 0) >>> (at & 31)) & 1) === 0) zeros++;
  }
  return zeros;
}

/** Word → where it stands, in ascending order: sparse, so that memory stays linear in the text. */
function placesOf(words: readonly string[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  words.forEach((word, at) => {
    const known = places.get(word);
    if (known === undefined) places.set(word, [at]);
    else known.push(at);
  });
  return places;
}

/** row = (row + (row & matches)) | (row & ~matches), over all blocks with carry. */
function advance(row: Uint32Array, matches: readonly number[]): void {
  let carry = 0;
  let next = 0;
  // Blocks before the first match stay as they are: without matches and carry, the formula is the identity.
  let block = (matches[0] ?? 0) >>> 5;
  while (block < row.length) {
    let mask = 0;
    while (next < matches.length && (matches[next] ?? 0) >>> 5 === block) {
      mask |= 1 << ((matches[next] ?? 0) & 31);
      next++;
    }
    const value = row[block] ?? 0;
    const sum = value + ((value & mask) >>> 0) + carry;
    carry = sum > 0xffffffff ? 1 : 0;
    row[block] = ((sum >>> 0) | (value & ~mask)) >>> 0;
    if (carry === 0) {
      if (next >= matches.length) return;
      block = Math.max(block + 1, (matches[next] ?? 0) >>> 5);
    } else {
      block++;
    }
  }
}
