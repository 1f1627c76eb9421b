import type { JsonObject } from '../domain/json.ts';
import { againstExpected, withoutScore, yesNo } from './evaluator.ts';

/**
 * A number as people write it: sign (not a dash between words or digits), currency, thousands in groups of three,
 * decimals, exponent. No nested repetition: linear on any text.
 */
const numberPattern =
  /(?:(?<![\p{L}\p{N})\]])[-+\u2212])?[$€£¥]?(\d{1,3}(?:[,_'\u2019\u00a0\u202f\u2009]\d{3})+(?!\d)|\d+)(\.\d+)?([eE][-+\u2212]?\d+)?|(?:(?<![\p{L}\p{N})\]])[-+\u2212])?[$€£¥]?(?<![\d.])(\.\d+)([eE][-+\u2212]?\d+)?/gu;

/** The last number in a text; undefined when it has none. */
export function lastNumberOf(text: string): number | undefined {
  const last = lastMatchIn(text)?.[0];
  if (last === undefined) return undefined;
  return Number(last.replace(/[$€£¥,_'\u2019\s]/g, '').replaceAll('\u2212', '-'));
}

function lastMatchIn(text: string): RegExpExecArray | undefined {
  let last: RegExpExecArray | undefined;
  for (const match of text.matchAll(numberPattern)) last = match;
  return last;
}

/** A digit and the mark that ties the next number to it: `0,5`, `3/4`, `12:30`, `2024-01-05`, `10^6`. */
const tied = /[\d)\]}][.,:;/^*\u00d7\u00b7\u2044~_'\u2019+\-\u2010-\u2013\u2212]$/;

/** Whether the last number is only the end of something longer, such as `0,5` or `1 000`, whose rest would not count. */
function isEndOfLonger(text: string): boolean {
  const last = lastMatchIn(text);
  if (last === undefined) return false;
  const before = text.slice(Math.max(0, last.index - 8), last.index);
  return tied.test(before) || (/^\d{3}(?!\d)/.test(last[0]) && /(?<!\d)\d{1,3} $/.test(before));
}

/** 1 when the output's last number is the expected one, within `tolerance` or `relative` of it. */
export const numeric = againstExpected('yes-no', (output, expected, settings) => {
  const target = lastNumberOf(expected);
  if (target === undefined) return withoutScore('`expected` holds no number to compare with.');
  if (isEndOfLonger(expected)) {
    return withoutScore(
      `Of \`expected\` only ${target} would be compared. Write one number: a point before its decimals, commas or nothing between its thousands.`,
    );
  }
  const tolerance = readTolerance(settings, 'tolerance');
  // `relative: true` reads the tolerance as a share of the expected number.
  const isShare = settings['relative'] === true;
  const relative = isShare ? tolerance : readTolerance(settings, 'relative');
  if (tolerance === undefined || relative === undefined) {
    return withoutScore('`with: {tolerance, relative}` must be numbers of 0 or more.');
  }
  const actual = lastNumberOf(output);
  if (actual === undefined) return yesNo(false, 'The output holds no number.');
  const allowed = Math.max(isShare ? 0 : tolerance, relative * Math.abs(target));
  return yesNo(isWithin(actual, target, allowed), `The output's last number is ${actual}, not ${target}.`);
});

function isWithin(actual: number, target: number, allowed: number): boolean {
  if (actual === target) return true;
  // 1.1 and 1 differ by a little more than 0.1 in binary: a tolerance somebody wrote in decimals must hold.
  const slack = allowed > 0 ? 4 * Number.EPSILON * Math.max(Math.abs(actual), Math.abs(target), allowed) : 0;
  return Math.abs(actual - target) <= allowed + slack;
}

function readTolerance(settings: JsonObject, name: string): number | undefined {
  const value = settings[name] ?? 0;
  if (value === false) return 0;
  return typeof value === 'number' && value >= 0 ? value : undefined;
}
