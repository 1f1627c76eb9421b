import { againstExpected, againstNothing, graded } from './evaluator.ts';
import { wordsOf } from './words.ts';

/** The share of the reference answer's distinct words that the output has. */
export const wordOverlap = againstExpected('graded', (output, expected) => {
  const wanted = new Set(wordsOf(expected));
  const present = new Set(wordsOf(output));
  if (wanted.size === 0) return againstNothing(present.size === 0);
  const found = [...wanted].filter((word) => present.has(word)).length;
  return graded(found / wanted.size, `${found} of ${wanted.size} words`);
});
