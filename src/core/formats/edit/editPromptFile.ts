import { isMap } from 'yaml';
import type { Diagnostic, Fix } from '../../domain/diagnostic.ts';
import type { JsonObject, JsonValue } from '../../domain/json.ts';
import { isTooLarge } from '../parsePromptFile.ts';
import { textPositions } from '../textPositions.ts';
import { display } from '../validate.ts';
import { composeYaml } from '../yaml/composeYaml.ts';
import type { Path } from '../yaml/locate.ts';
import { readYaml } from '../yaml/readYaml.ts';
import { applyToValue } from './applyToValue.ts';
import { createPromptFile, keyOrder } from './createPromptFile.ts';
import { nextSplice } from './nextSplice.ts';
import type { PromptEdit } from './promptEdit.ts';
import { sameValue } from './sameValue.ts';
import { TextPlaces } from './textPlaces.ts';
import { styleOf } from './yamlStyle.ts';

export type EditedPromptFile =
  | { readonly status: 'edited'; readonly text: string; readonly edits: Fix['edits'] }
  /** The file cannot be read, or cannot be changed in this way; `diagnostics` says why, and the file stays as it is. */
  | { readonly status: 'refused'; readonly diagnostics: readonly Diagnostic[] };

/** More places than any real change touches; each costs a reading of the file. */
const maxSplices = 1000;

/**
 * Changes a prompt file's text so that it says what `wishes` want, one after the other, and stays as it is elsewhere:
 * comments, order, blank lines, quotes and line ends of everything that is not touched. `edits` are the same change as
 * text edits of the original (ranges in lines and UTF-16 columns, none when nothing changes). Never throws; the result
 * is read back and compared before it is given out.
 */
export function editPromptFile(text: string, wishes: readonly PromptEdit[]): EditedPromptFile {
  if (isTooLarge(text)) return refused(text, [], 'A prompt file may have at most 1 MiB.');
  const before = readYaml(text);
  const errors = before.diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return { status: 'refused', diagnostics: errors };
  let wished: JsonValue = before.value ?? {};
  for (const wish of wishes) {
    const applied = applyToValue(wished, wish);
    if ('problem' in applied) {
      return refused(
        text,
        applied.problem,
        `\`${display(applied.problem) || 'the file'}\` has no such part.`,
      );
    }
    wished = applied.value;
  }
  if (!isObject(wished)) return refused(text, [], 'A prompt file is a mapping: lines of `key: value`.');
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const rest = rewrite(text.slice(mark.length), wished);
  if (rest !== null) {
    const rewritten = mark + rest;
    return { status: 'edited', text: rewritten, edits: toEdits(text, rewritten) };
  }
  const path = wishes.find(({ path: each }) => before.place(each).found)?.path ?? [];
  return refused(
    text,
    path,
    'This is written in a way that cannot be changed automatically. Change it by hand.',
  );
}

/** null when the way the text is written leads elsewhere. */
function rewrite(original: string, wished: JsonObject): string | null {
  let text = original;
  for (let count = 0; count < maxSplices; count++) {
    const { value, diagnostics } = readYaml(text);
    if (diagnostics.some(({ severity }) => severity === 'error')) return null;
    if (sameValue(value, wished)) return text;
    const root = composeYaml(text).document?.contents ?? null;
    if (value === null)
      text = `${text === '' || text.endsWith('\n') ? text : `${text}\n`}${createPromptFile(wished)}`;
    else if (!isMap(root) || !isObject(value)) return null;
    else {
      const around = {
        places: new TextPlaces(text),
        style: styleOf(text, root),
        orderOf: (path: Path) => keyOrder(wished, path),
      };
      const splice = nextSplice(root, value, wished, around);
      if (splice === null) return null;
      const { start, end, newText } = splice;
      const isAtEnd = end === text.length && !newText.endsWith('\n');
      text = text.slice(0, start) + newText + text.slice(end) + (isAtEnd ? around.style.lineEnd : '');
    }
  }
  return null;
}

/** One edit: what stands between the common beginning and the common end. */
function toEdits(before: string, after: string): Fix['edits'] {
  if (before === after) return [];
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  // Never between the halves of a line end or of a character beyond the first plane.
  const splits = (text: string, at: number): boolean =>
    /^(?:\r\n|[\uD800-\uDBFF][\uDC00-\uDFFF])$/.test(text.slice(at - 1, at + 1));
  if (splits(before, head) || splits(after, head)) head--;
  if (splits(before, before.length - tail) || splits(after, after.length - tail)) tail--;
  const range = textPositions(before).range(head, before.length - tail);
  return [{ range, newText: after.slice(head, after.length - tail) }];
}

function refused(text: string, path: Path, message: string): EditedPromptFile {
  const range = readYaml(text).locate(path);
  return { status: 'refused', diagnostics: [{ code: 'cannot-edit', severity: 'error', message, range }] };
}

const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
