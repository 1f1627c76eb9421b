/** What is safe to show of a text that may be turning in circles. */
export interface RepetitionGuard {
  /** Takes the next piece; returns what may be shown now. '' while the sentence begun may become one said before. */
  add(text: string): string;
  /** What was held back, once the answer has ended by itself. */
  rest(): string;
  /** The answer has begun to say again what it said. */
  readonly repeats: boolean;
}

/** Shorter ones (a bracket, "Yes.", a list's dash) are said twice for good reasons. */
const leastCharacters = 16;

/**
 * Finds the place where a text begins to repeat itself word for word: a sentence or a line that was there before. Raw
 * models never come to an end by themselves and do exactly that. A sentence is held back only as long as it reads like
 * the beginning of an earlier one, so what does not repeat streams without delay.
 */
export function createRepetitionGuard(): RepetitionGuard {
  const said = new Set<string>();
  let sentence = '';
  let held = '';
  let repeats = false;

  const mayRepeat = (): boolean => {
    const begun = normalise(sentence);
    return begun === '' || [...said].some((earlier) => earlier.startsWith(begun));
  };
  const take = (character: string): string => {
    sentence += character;
    held += character;
    if (isEnd(character, sentence)) {
      const whole = normalise(sentence);
      sentence = '';
      // Blank lines wait for what follows: before a repetition they would be left over.
      if (whole === '') return '';
      if (whole.length >= leastCharacters) {
        if (said.has(whole)) {
          repeats = true;
          return '';
        }
        said.add(whole);
      }
    } else if (said.size > 0 && mayRepeat()) {
      return '';
    }
    const shown = held;
    held = '';
    return shown;
  };
  return {
    add(text) {
      let shown = '';
      for (const character of text) {
        if (!repeats) shown += take(character);
      }
      return shown;
    },
    rest() {
      const rest = repeats ? '' : held;
      held = '';
      return rest;
    },
    get repeats() {
      return repeats;
    },
  };
}

/** A line's end, or a full stop with a blank after it: "3.5" ends nothing. */
const isEnd = (character: string, sentence: string): boolean =>
  character === '\n' || (character === ' ' && /[.!?]\s$/.test(sentence));

const normalise = (sentence: string): string => sentence.replaceAll(/\s+/g, ' ').trim().toLowerCase();
