import { countCodePoints } from './codePoints.ts';
import { againstExpected, againstNothing, graded } from './evaluator.ts';

/** min/max of the two lengths in code points; an empty reference answer asks for an empty output. */
export const lengthSimilarity = againstExpected('graded', (output, expected) => {
  const [a, b] = [countCodePoints(output), countCodePoints(expected)];
  if (b === 0) return againstNothing(a === 0);
  return graded(Math.min(a, b) / Math.max(a, b), `${a} of ${b} characters`);
});
