import type { ResponseFormat } from '../domain/chat.ts';
import type { JsonValue } from '../domain/json.ts';
import { lastLineOf } from './matchChoice.ts';

/** The reason comes first, so that the judge thinks before it scores. */
export const verdictFormat: ResponseFormat = {
  type: 'json_schema',
  name: 'verdict',
  strict: true,
  schema: {
    type: 'object',
    properties: {
      reason: { type: 'string', description: 'Why, in one or two sentences' },
      score: { type: 'integer', enum: [1, 2, 3, 4, 5] },
    },
    required: ['reason', 'score'],
    additionalProperties: false,
  },
};

export interface Verdict {
  /** 1, 2, 3, 4 or 5 */
  readonly score: number;
  readonly reason: string;
}

/** Reads a judge's reply: JSON at its end, else a single score on its last line. null when there is no clear verdict. */
export function parseVerdict(reply: string): Verdict | null {
  const object = finalObjectOf(reply);
  if (object !== null) {
    const score = wholeScore(object['score']);
    const reason = object['reason'];
    return score === null ? null : { score, reason: typeof reason === 'string' ? reason : '' };
  }
  if (lacksVerdict(reply, 'score')) return null;
  const score = scoreOnLine(lastLineOf(reply).slice(-500));
  return score === null ? null : { score, reason: reply };
}

/** JSON that ends in its reason, before the verdict came: what the reason says is none. */
export function lacksVerdict(reply: string, key: 'score' | 'preference'): boolean {
  const named = (name: string): boolean =>
    new RegExp(`["'\u201c\u201d]${name}["'\u201c\u201d]\\s*:`).test(reply);
  return named('reason') && !named(key);
}

/** The JSON object a reply ends with; quoted JSON further up does not count. */
export function finalObjectOf(reply: string): Record<string, JsonValue> | null {
  const text = reply.trim().replace(/\s*```$/, '');
  if (!text.endsWith('}')) return null;
  const starts = [text.indexOf('{'), text.lastIndexOf('{', text.length - 2), text.lastIndexOf('\n{') + 1];
  for (const start of starts) {
    if (start < 0) continue;
    try {
      const value = JSON.parse(text.slice(start)) as JsonValue;
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
    } catch {
      // Not from here: the next start may do.
    }
  }
  return null;
}

function wholeScore(value: JsonValue | undefined): number | null {
  const score = typeof value === 'string' && /^\s*[1-5]\s*$/.test(value) ? Number(value) : value;
  return typeof score === 'number' && Number.isInteger(score) && score >= 1 && score <= 5 ? score : null;
}

/**
 * `4`, `**4**`, `Score: 4`, `4/5`, `4 out of 5`, `I give it a 4.`; a line with two different scores is no verdict, nor is
 * a number in the middle of a sentence that does not speak of scoring.
 */
function scoreOnLine(line: string): number | null {
  const text = line.replace(/(?:\/|\bout of\b|\bof\b)\s*5\b/gi, ' ');
  const numbers = [...text.matchAll(/(?<![\d.,])[-\u2212]?\d+(?:[.,]\d+)?/g)];
  const scores = new Set(numbers.map(([number]) => number));
  const [only] = scores;
  if (scores.size !== 1 || only === undefined) return null;
  const isVerdict =
    /\d[^\p{L}\p{N}%]*$/u.test(text) || /\b(?:score|rat(?:e|ed|ing)|grade|verdict)\b/i.test(text);
  return isVerdict ? wholeScore(only) : null;
}
