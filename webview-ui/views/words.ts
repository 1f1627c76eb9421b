import { asConfidence } from '../../src/core/reporting/numberWords.ts';
import type { Verdict } from '../../src/core/domain/verdict.ts';

/** Strength of the evidence in words, beside its number. */
export function confidenceWords(confidence: number | null, level: number): string {
  if (confidence === null) return 'the first cases say little';
  if (confidence >= Math.max(0.99, level)) return 'very strong evidence';
  if (confidence >= level) return 'strong enough to decide';
  if (confidence >= 0.8) return 'leaning, not enough to decide';
  if (confidence >= 0.5) return 'weak evidence';
  return 'no evidence yet';
}

/** "98.8%"; without a number its reason. */
export function confidenceNumber(verdict: Verdict): string {
  return verdict.confidence === null && verdict.leader === null ? '–' : asConfidence(verdict.confidence);
}

/** What confidence is, and is not. */
export const confidenceNote =
  'If the prompts were equal, a confidence of c or more would come up in at most 1 − c of such runs. It is not the probability that a variant is better: that is the chance of being best, which assumes that true differences between prompts have a standard deviation of 0.1.';

/** "1 case", "2 cases". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`;
}

/** A point in time as the reader's own clock tells it. */
export function asMoment(iso: string): string {
  const moment = new Date(iso);
  return Number.isNaN(moment.getTime())
    ? iso
    : moment.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}

/** A length of time for a clock that runs: "0:42", "1:02:03". */
export function asClock(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const parts = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  const [hours = 0, minutes = 0, rest = 0] = parts;
  const tail = `${String(minutes).padStart(hours > 0 ? 2 : 1, '0')}:${String(rest).padStart(2, '0')}`;
  return hours > 0 ? `${hours}:${tail}` : tail;
}
