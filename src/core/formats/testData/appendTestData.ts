import type { JsonObject, JsonValue } from '../../domain/json.ts';
import { renderValue } from '../../domain/template.ts';
import { editPromptFile } from '../edit/editPromptFile.ts';
import { sameValue } from '../edit/sameValue.ts';
import { delimitedRecords } from './readDelimited.ts';
import { readTestData, type TestDataFormat } from './readTestData.ts';
import { wrongDelimiter } from './wrongDelimiter.ts';

export type AppendedTestData =
  | { readonly status: 'appended'; readonly text: string; readonly added: number }
  /** The text stays as it is; the message says why and how to mend it. */
  | { readonly status: 'refused'; readonly message: string };

/**
 * Adds cases to the end of a data file's text, written as the file is: its columns, its indentation, its line ends.
 * Cases that are there already (same values and same `expected`, whatever their `id`) are left out. The result is read
 * back before it is given out: every old case is still there, unchanged, and every new one follows.
 */
export async function appendTestData(
  text: string,
  format: TestDataFormat,
  cases: readonly JsonObject[],
): Promise<AppendedTestData> {
  const before = await readAll(text, format);
  const missing = withoutKnown(before, cases);
  if (missing.length === 0) return { status: 'appended', text, added: 0 };
  const written = write(text, format, missing);
  if ('message' in written) return { status: 'refused', message: written.message };
  const after = await readAll(written.text, format);
  const wanted = [...before, ...missing.map(comparable)];
  const isRight = after.length === wanted.length && after.every((item, at) => sameValue(item, wanted[at]));
  if (!isRight) {
    const message = 'This data file is written in a way that cannot be added to. Add the cases by hand.';
    return { status: 'refused', message };
  }
  return { status: 'appended', text: written.text, added: missing.length };
}

/** Those of `cases` that `known` does not hold, each once. */
export function withoutKnown(known: readonly JsonValue[], cases: readonly JsonObject[]): JsonObject[] {
  const seen = known.map(comparable);
  return cases.filter((item) => {
    const own = comparable(item);
    if (seen.some((other) => sameValue(other, own))) return false;
    seen.push(own);
    return true;
  });
}

/** A case without its name, every value as text: what a table has is text, whatever it was elsewhere. */
function comparable(item: JsonValue): JsonObject {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return {};
  return Object.fromEntries(
    Object.entries(item)
      .filter(([key, value]) => key !== 'id' && value !== null && value !== '')
      .map(([key, value]) => [key, renderValue(value)]),
  );
}

async function readAll(text: string, format: TestDataFormat): Promise<JsonObject[]> {
  const all: JsonObject[] = [];
  for await (const item of readTestData(inOnePiece(text), format)) {
    if (!('case' in item)) continue;
    const { variables, expected } = item.case;
    all.push(comparable({ ...variables, ...(expected !== undefined && { expected }) }));
  }
  return all;
}

// eslint-disable-next-line @typescript-eslint/require-await -- readers take their text in pieces
async function* inOnePiece(text: string): AsyncGenerator<string> {
  yield text;
}

type Written = { readonly text: string } | { readonly message: string };

function write(text: string, format: TestDataFormat, cases: readonly JsonObject[]): Written {
  switch (format) {
    case 'csv':
      return delimited(text, ',', cases);
    case 'tsv':
      return delimited(text, '\t', cases);
    case 'jsonl':
      return {
        text: withLines(
          text,
          cases.map((item) => JSON.stringify(item)),
        ),
      };
    case 'json':
      return jsonList(text, cases);
    case 'yaml':
      return yamlList(text, cases);
  }
}

const lineEndOf = (text: string): string => (text.includes('\r\n') ? '\r\n' : '\n');

/** The file keeps its habit of ending, or not ending, with a line end. */
function withLines(text: string, lines: readonly string[]): string {
  const end = lineEndOf(text);
  const isOpen = text !== '' && !/[\r\n]$/.test(text);
  return `${text}${isOpen ? end : ''}${lines.join(end)}${isOpen ? '' : end}`;
}

function delimited(text: string, delimiter: ',' | '\t', cases: readonly JsonObject[]): Written {
  const header = headerOf(text, delimiter);
  const mistaken = wrongDelimiter(header, delimiter);
  if (mistaken !== null) return { message: mistaken };
  const isEmpty = header.length === 0;
  const columns = isEmpty ? [...new Set(cases.flatMap((item) => Object.keys(item)))] : header;
  const unknown = cases.flatMap((item) =>
    Object.keys(item).filter((key) => key !== 'id' && !columns.includes(key)),
  );
  if (unknown.length > 0) {
    const names = [...new Set(unknown)].map((name) => `\`${name}\``).join(', ');
    return { message: `The data file has no column ${names}. Add it to the header line first.` };
  }
  const rows = cases.map((item) =>
    columns
      .map((name) => field(name in item ? renderValue(item[name] ?? null) : '', delimiter))
      .join(delimiter),
  );
  return { text: withLines(text, isEmpty ? [columns.join(delimiter), ...rows] : rows) };
}

function headerOf(text: string, delimiter: ',' | '\t'): readonly string[] {
  const [first] = delimitedRecords(text.startsWith('\uFEFF') ? text.slice(1) : text, delimiter);
  return first?.fields.map((name) => name.trim()) ?? [];
}

const field = (value: string, delimiter: string): string =>
  value.includes(delimiter) || /["\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;

/** Before the last bracket, indented as the first item is. */
function jsonList(text: string, cases: readonly JsonObject[]): Written {
  const close = text.lastIndexOf(']');
  if (close === -1) return { message: 'The data file must be a list of objects, `[…]`.' };
  const end = lineEndOf(text);
  const head = text.slice(0, close).trimEnd();
  const isEmpty = head.endsWith('[');
  const indent = /\[\s*?\r?\n([ \t]*)\S/.exec(text)?.[1];
  const items = cases.map((item) => {
    if (indent === undefined && !isEmpty) return JSON.stringify(item);
    const lines = JSON.stringify(item, null, indent === undefined || indent === '' ? '  ' : indent).split(
      '\n',
    );
    return lines.map((line) => `${indent ?? '  '}${line}`).join(end);
  });
  const isInline = indent === undefined && !isEmpty;
  const joined = isInline ? items.join(', ') : items.join(`,${end}`);
  const gap = isInline ? ' ' : end;
  const before = isEmpty ? `${head}${gap}` : `${head},${gap}`;
  return { text: `${before}${joined}${isInline ? '' : end}${text.slice(close)}` };
}

/** A list alone is no prompt file; below a key it is, and the key's line is taken off again. */
function yamlList(text: string, cases: readonly JsonObject[]): Written {
  if (text.trimStart().startsWith('[') && text.trim() !== '[]') return jsonList(text, cases);
  const end = lineEndOf(text);
  const content = text.trim() === '[]' ? '' : text;
  const edited = editPromptFile(`testData:${end}${content}`, [
    { type: 'append', path: ['testData'], values: cases },
  ]);
  const prefix = `testData:${end}`;
  if (edited.status === 'refused' || !edited.text.startsWith(prefix)) {
    return { message: 'The data file is not a plain list of maps. Add the cases by hand.' };
  }
  const list = edited.text.slice(prefix.length);
  // The first item ever is indented below the key that goes.
  return { text: content.trim() === '' ? list.replace(/^ {2}/gm, '') : list };
}
