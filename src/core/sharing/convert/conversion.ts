import type { JsonObject, JsonValue } from '../../domain/json.ts';

/** What a foreign format had no counterpart for, or has it in another way. */
export interface ConversionNote {
  /** Where in the source: `model.connection`, `line 12`. */
  readonly where: string;
  readonly message: string;
}

/** A foreign prompt as a prompt file. */
export interface Conversion {
  /** What the prompt file says; its keys in any order. */
  readonly value: JsonObject;
  readonly notes: readonly ConversionNote[];
  /** Files the source names, relative to it: they go where the prompt file goes. */
  readonly names: readonly string[];
}

/** A file of the form: YAML between `---`, then text. */
export interface ForeignDocument {
  /** The file's name without folder and ending. */
  readonly baseName: string;
  readonly header: JsonObject;
  readonly body: string;
  /** The line of the file on which the body begins, from 1. */
  readonly bodyLine: number;
}

/** Nobody reads more of them. */
const mostNotes = 200;

/** Collects what could not be mapped. What is kept goes under `metadata.<format>`, so that nothing is lost. */
export class Remainder {
  readonly notes: ConversionNote[] = [];
  private readonly kept: JsonObject = {};

  note(where: string, message: string): void {
    if (this.notes.length < mostNotes) this.notes.push({ where, message });
    else if (this.notes.length === mostNotes)
      this.notes.push({ where, message: 'There is more like this from here on.' });
  }

  keep(path: string, value: JsonValue | undefined, message = 'has no counterpart and is kept'): void {
    if (value === undefined) return;
    this.kept[path] = value;
    this.note(path, `\`${path}\` ${message} under \`metadata\`.`);
  }

  /** Without a word: it will be read again on the way back. */
  keepQuietly(path: string, value: JsonValue | undefined): void {
    if (value !== undefined) this.kept[path] = value;
  }

  /** `metadata` of the prompt file, or nothing. */
  metadata(format: string): JsonObject {
    return Object.keys(this.kept).length === 0 ? {} : { metadata: { [format]: this.kept } };
  }
}

export const asObject = (value: JsonValue | undefined): JsonObject | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;

export const asText = (value: JsonValue | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

/** A list of texts; a single text is a list of one. null: something else. */
export function asTexts(value: JsonValue | undefined): string[] | null {
  if (typeof value === 'string') return [value];
  if (!Array.isArray(value)) return null;
  const texts = value.filter((item) => typeof item === 'string');
  return texts.length === value.length ? texts : null;
}

/** Without these keys. */
export function without(value: JsonObject, ...keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}

/** Without the keys that are undefined. */
export function present(value: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined),
  );
}

/** The value at `a.b.c`, through mappings. */
export function valueAt(value: JsonValue | undefined, path: string): JsonValue | undefined {
  const own = asObject(value);
  if (own !== null && Object.hasOwn(own, path)) return own[path];
  let at: JsonValue | undefined = value;
  for (const key of path.split('.')) {
    const object = asObject(at);
    at = object !== null && Object.hasOwn(object, key) ? object[key] : undefined;
  }
  return at;
}
