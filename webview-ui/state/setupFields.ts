import type { JsonValue } from '../../src/core/domain/json.ts';
import type { SetupEdit, SetupPath, SetupProblem } from '../../src/protocol/setup.ts';
import { samePath, valueAt } from './reduceSetup.ts';
import type { SetupState } from './setupState.ts';

/** What a text in a field means in the file, and the other way round. undefined: left out. */
export interface FieldCodec {
  readonly read: (text: string) => JsonValue | undefined;
  readonly write: (value: JsonValue | undefined) => string;
}

/** A value as its field shows it; a list or mapping in a field for text is shown as JSON. */
export function toFieldText(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const isBlank = (text: string): boolean => text.trim() === '';

export const textCodec: FieldCodec = {
  read: (text) => (isBlank(text) ? undefined : text),
  write: toFieldText,
};

/** What is no number goes into the file as it is, where it is found wrong with its reason. */
export const numberCodec: FieldCodec = {
  read: (text) => (isBlank(text) ? undefined : Number.isFinite(Number(text)) ? Number(text) : text),
  write: toFieldText,
};

/** Texts, one a line; one that a line cannot hold is written as JSON: `"\\n"`. A single one stands by itself. */
export const linesCodec: FieldCodec = {
  read: (text) => {
    const lines = text
      .split('\n')
      .filter((line) => line !== '')
      .map(toLine);
    return lines.length < 2 ? lines[0] : lines;
  },
  write: (value) =>
    (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(asLine).join('\n'),
};

function toLine(line: string): string {
  if (!/^".*"$/.test(line)) return line;
  const value = jsonCodec.read(line);
  return typeof value === 'string' ? value : line;
}

function asLine(value: JsonValue): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  return value === '' || /[\n\r]|^".*"$/.test(value) ? JSON.stringify(value) : value;
}

/** A text that is no JSON yet stays a text. */
export const jsonCodec: FieldCodec = {
  read: (text) => {
    if (isBlank(text)) return undefined;
    try {
      return JSON.parse(text) as JsonValue;
    } catch {
      return text;
    }
  },
  write: (value) =>
    typeof value === 'object' && value !== null ? JSON.stringify(value, null, 2) : toFieldText(value),
};

/** What a field shows: what was typed, as long as the value is what that means. */
export function fieldText(state: SetupState, path: SetupPath, codec: FieldCodec): string {
  const value = valueAt(state.value, path);
  const { typed } = state;
  if (typed !== null && samePath(typed.path, path)) {
    if (sameJson(codec.read(typed.text), value)) return typed.text;
  }
  return codec.write(value);
}

const sameJson = (a: JsonValue | undefined, b: JsonValue | undefined): boolean =>
  a === b || JSON.stringify(a) === JSON.stringify(b);

export function fieldEdit(path: SetupPath, text: string, codec: FieldCodec): SetupEdit {
  const value = codec.read(text);
  return value === undefined ? { type: 'remove', path } : { type: 'set', path, value };
}

/** The worst finding at exactly this part; `deep`: or anywhere below it. */
export function problemAt(
  problems: readonly SetupProblem[],
  path: SetupPath,
  deep = false,
): SetupProblem | undefined {
  const here = problems.filter((problem) =>
    deep
      ? problem.path.length >= path.length && samePath(problem.path.slice(0, path.length), path)
      : samePath(problem.path, path),
  );
  return here.find(({ severity }) => severity === 'error') ?? here[0];
}
