/** The known word nearest to a mistyped one, or null when none is near. Case and `_`/`-` do not count. */
export function nearest(word: string, known: Iterable<string>): string | null {
  const wanted = fold(word);
  if (wanted.length > 60) return null;
  let best: string | null = null;
  // Of one or two letters every word is near every other.
  let bestDistance = wanted.length <= 2 ? 1 : Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of known) {
    const distance = editDistance(wanted, fold(candidate), bestDistance);
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

/** ` Did you mean \`x\`?` or nothing. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const suggestion = nearest(word, known);
  return suggestion === null ? '' : ` Did you mean \`${suggestion}\`?`;
}

/** What a fix may put in a value's place whatever quotes stand there: no character that means something to YAML. */
const plainWord = /^[\p{L}_][\p{L}\p{N}_./-]*$/u;

/** The fix that goes with `didYouMean`; none where no word is near or it would have to be quoted. */
export function changeTo(
  word: string,
  known: Iterable<string>,
): { readonly fix?: { readonly title: string; readonly newText: string } } {
  const wanted = nearest(word, known);
  if (wanted === null || !plainWord.test(wanted)) return {};
  return { fix: { title: `Change to \`${wanted}\``, newText: wanted } };
}

const fold = (word: string): string => word.toLowerCase().replaceAll(/[_-]/g, '');

/** Optimal string alignment: insert, delete, replace or swap neighbours, each one step. Gives up at `limit`. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let steps = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + cost);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) steps = Math.min(steps, (beforeLast[j - 2] ?? 0) + 1);
      row.push(steps);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? limit;
}
