interface Contradiction {
  readonly first: string;
  readonly second: string;
  readonly about: string;
}

/** Two ways of asking that cannot both be followed. */
const opposites: readonly (readonly [RegExp, RegExp, string])[] = [
  [
    /\b(in detail|detailed|comprehensive(?:ly)?|exhaustive(?:ly)?|thorough(?:ly)?|as much as possible|at length)\b/i,
    /\b(briefly|be brief|brief|concise(?:ly)?|in one (?:short )?sentence|in a few words|as short as possible|short answer)\b/i,
    'the length',
  ],
  [
    /\b(?:only|nothing but|just) (?:the )?json\b|\bvalid json only\b/i,
    /\b(explain your (?:reasoning|answer)|think (?:aloud|step by step)|add (?:a )?comments?)\b/i,
    'whether anything stands beside the JSON',
  ],
  [
    /\b(formal(?:ly)?|formal tone)\b/i,
    /\b(casual(?:ly)?|informal(?:ly)?|relaxed tone|colloquial)\b/i,
    'the tone',
  ],
  [
    /\bplain text(?: only)?\b|\bno markdown\b/i,
    /\b(use|in|as) (?:a )?(?:markdown|bullet(?:ed)? list|table)\b/i,
    'the form',
  ],
];

/** Pairs of words in a text that disagree, and limits of length that do: "at most 20 words … at least 50 words". */
export function contradictions(text: string): readonly Contradiction[] {
  const pairs = opposites.flatMap(([one, other, about]) => {
    const [first, second] = [one.exec(text)?.[0], other.exec(text)?.[0]];
    return first === undefined || second === undefined ? [] : [{ first, second, about }];
  });
  return [...pairs, ...limits(text)];
}

const unit = '(words?|sentences?|lines?|paragraphs?|characters?|items?|points?)';
const most = new RegExp(
  `\\b(?:at most|no more than|up to|maximum of|fewer than|under) (\\d+) ${unit}\\b`,
  'gi',
);
const least = new RegExp(`\\b(?:at least|no fewer than|minimum of|more than|over) (\\d+) ${unit}\\b`, 'gi');

function limits(text: string): Contradiction[] {
  const single = (word: string): string => word.toLowerCase().replace(/s$/, '');
  return [...text.matchAll(most)].flatMap(([first, limit, what = '']) =>
    [...text.matchAll(least)]
      .filter(([, bound, other = '']) => single(other) === single(what) && Number(bound) > Number(limit))
      .map(([second]) => ({ first, second, about: `the number of ${single(what)}s` })),
  );
}
