/** The last line of a reply that says anything. */
export function lastLineOf(reply: string): string {
  const lines = reply.trimEnd().split(/\r\n|[\n\r\u2028\u2029]/);
  return (lines.at(-1) ?? '').trim();
}

interface Place {
  readonly index: number;
  readonly start: number;
  readonly end: number;
}

export type ChoiceMatch =
  { readonly status: 'matched'; readonly index: number } | { readonly status: 'none' | 'several' };

/**
 * Which choice the reply's last line names: as a whole word, case ignored. A choice inside a longer one that matches
 * does not count ("correct" in "not correct"). A line that names several choices is no verdict.
 */
export function matchChoice(reply: string, choices: readonly string[]): ChoiceMatch {
  // A verdict is a short line; more than this is prose, of which the end counts.
  const ending = lastLineOf(reply).slice(-2_000);
  const hasMarks = choices.some((choice) => emphasis.test(choice));
  const asWords = (text: string): string => plainWords(text, hasMarks);
  const line = asWords(ending);
  const wanted = choices.map(asWords);
  const exact = wanted.findIndex((choice) => choice !== '' && choice === bare(line));
  if (exact >= 0) return { status: 'matched', index: exact };
  const places = wanted.flatMap((choice, index) => placesOf(line, choice, index));
  const outermost = places.filter((place) => !places.some((other) => isInside(place, other, wanted)));
  const named = new Set(outermost.map(({ index }) => wanted[index]));
  const first = outermost[0];
  if (first === undefined) return { status: 'none' };
  return named.size === 1 ? { status: 'matched', index: first.index } : { status: 'several' };
}

/** What models put around single words, and characters that nobody sees: "**not** correct" is "not correct". */
const emphasis = /[*`]|\u200b|\u2060|\ufeff/;
const everyEmphasis = new RegExp(emphasis, 'g');

function plainWords(text: string, keepsMarks: boolean): string {
  const bareText = keepsMarks ? text : text.replace(everyEmphasis, '');
  return bareText.replace(/\s+/g, ' ').trim().toLowerCase();
}

/** Without the marks that people put around a verdict: `**Yes.**` */
const bare = (line: string): string => line.replace(/^[\s*_`"'“”‘’([{]+|[\s*_`"'“”‘’)\]}.!]+$/gu, '');

function isInside(place: Place, other: Place, wanted: readonly string[]): boolean {
  const longer = (wanted[other.index] ?? '').length > (wanted[place.index] ?? '').length;
  return longer && other.start <= place.start && place.end <= other.end;
}

function placesOf(line: string, choice: string, index: number): Place[] {
  const places: Place[] = [];
  if (choice === '') return places;
  for (let start = line.indexOf(choice); start >= 0; start = line.indexOf(choice, start + 1)) {
    const end = start + choice.length;
    if (standsAlone(line, start, end)) places.push({ index, start, end });
  }
  return places;
}

const wordCharacter = /[\p{L}\p{N}\p{M}_]/u;

/** Neither side goes on with the same word; `non-relevant`, `isn't` and `4.5` are words too. */
function standsAlone(line: string, start: number, end: number): boolean {
  const first = line.charAt(start);
  const last = line.charAt(end - 1);
  const before = line.charAt(start - 1);
  const after = line.charAt(end);
  if (wordCharacter.test(first)) {
    if (wordCharacter.test(before)) return false;
    if (joins(before, line.charAt(start - 2), first)) return false;
  }
  if (wordCharacter.test(last)) {
    if (wordCharacter.test(after)) return false;
    if (joins(after, line.charAt(end + 1), last)) return false;
  }
  return true;
}

function joins(mark: string, beyond: string, inside: string): boolean {
  if (/[-\u2010\u2011'’]/.test(mark)) return wordCharacter.test(beyond);
  return /[.,]/.test(mark) && /\p{N}/u.test(beyond) && /\p{N}/u.test(inside);
}
