import type { JsonValue } from '../domain/json.ts';
import { yesNo, type Evaluator } from './evaluator.ts';

export type ParsedJson =
  { readonly valid: true; readonly value: JsonValue } | { readonly valid: false; readonly reason: string };

/** JSON as the standard has it; a code fence around it is not JSON. */
export function parseJson(text: string): ParsedJson {
  try {
    return { valid: true, value: JSON.parse(text) as JsonValue };
  } catch {
    if (text.trim() === '') return { valid: false, reason: 'The output is empty.' };
    const fenced = text.trimStart().startsWith('```');
    return {
      valid: false,
      reason: fenced
        ? 'The output is not JSON: it stands in a Markdown code fence.'
        : 'The output is not valid JSON.',
    };
  }
}

/** 1 when the whole output is valid JSON. */
export const jsonValid: Evaluator = {
  scale: 'yes-no',
  evaluate: ({ input }) => {
    const parsed = parseJson(input.output);
    return parsed.valid ? yesNo(true) : yesNo(false, parsed.reason);
  },
};
