import type { JsonValue } from '../../src/core/domain/json.ts';
import { isObject } from './reduceSetup.ts';
import { toFieldText, type FieldCodec } from './setupFields.ts';

/** A judge's answers and their scores, one a line: `yes = 1`. */
export const choicesCodec: FieldCodec = {
  read: (text) =>
    text.trim() === ''
      ? undefined
      : text
          .split('\n')
          .filter((line) => line.trim() !== '')
          .map(toChoice),
  write: (value) =>
    Array.isArray(value)
      ? value
          .map((each) =>
            isObject(each)
              ? `${toFieldText(each['choice'])} = ${toFieldText(each['score'])}`
              : toFieldText(each),
          )
          .join('\n')
      : toFieldText(value),
};

/** What is no number stays a text, and is found wrong there. */
function toChoice(line: string): JsonValue {
  const at = line.lastIndexOf('=');
  const [choice, score] = at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + 1).trim()];
  return {
    choice: choice.trim(),
    score: score === '' || Number.isNaN(Number(score)) ? score : Number(score),
  };
}
