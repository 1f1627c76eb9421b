import { distance } from 'fastest-levenshtein';

/** ` Did you mean "x"?` for the known word nearest to a mistyped one, or nothing when none is near. */
export function didYouMean(word: string, known: readonly string[]): string {
  const wanted = fold(word);
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of known) {
    const steps = distance(wanted, fold(candidate));
    if (steps < bestDistance) [best, bestDistance] = [candidate, steps];
  }
  return best === undefined ? '' : ` Did you mean "${best}"?`;
}

const fold = (word: string): string => word.toLowerCase().replaceAll(/[\s_-]/g, '');
