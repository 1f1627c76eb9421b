import type { JsonValue } from '../../domain/json.ts';
import type { Position } from '../../domain/diagnostic.ts';
import { maxNesting } from '../yaml/nestingLimit.ts';
import { readYaml } from '../yaml/readYaml.ts';
import { isObject, noList } from './dataRow.ts';
import type { DataRow, RowReader } from './dataRow.ts';
import { type JsonItem, JsonListReader } from './jsonListReader.ts';
import { jsonProblem } from './jsonProblem.ts';

/** One object a line. */
export function jsonLines(): RowReader {
  let line = 0;
  let open: string[] = [];
  function* toRows(lines: readonly string[], isEnd: boolean): Generator<DataRow> {
    for (const text of lines) {
      const from = { line, column: 0 };
      const ends = isEnd ? cutOff : 'the line ends before the object does (one object stands on one line)';
      if (text.trim() !== '') yield jsonRow({ text, line, from }, ends);
      line++;
    }
  }
  return {
    take(piece) {
      const [first = '', ...others] = piece.split('\n');
      open.push(first);
      const last = others.pop();
      if (last === undefined) return [];
      const whole = open.join('');
      open = [last];
      return toRows([whole, ...others], false);
    },
    end: () => toRows([open.join('')], true),
  };
}

/** A list of objects, each read by itself, so that a broken one does not stop the others. Memory holds one of them. */
export function jsonList(): RowReader {
  const reader = new JsonListReader();
  let isCut = false;
  function* toRows(items: Iterable<JsonItem>): Generator<DataRow> {
    for (const item of items) {
      const { text, line, endedBy } = item;
      if (endedBy === 'end of text') {
        const row = jsonRow(item, cutOff);
        const isBroken = 'problem' in row && row.problem.startsWith(notJson);
        isCut = isBroken || ('problem' in row && row.problem === cutOff);
        // A quote or a bracket without its other half swallowed what follows.
        yield isBroken ? { ...row, note: `Nothing was read from here on: ${row.problem}.` } : row;
      } else if (text.trim() !== '') yield jsonRow(item, notJson);
      else if (endedBy === ']') yield { line, note: 'The comma before the closing `]` is one too many.' };
      else yield { line, problem: 'there is nothing between two commas' };
    }
  }
  return {
    take: (piece) => toRows(reader.feed(piece)),
    *end() {
      yield* toRows(reader.end());
      const { problem } = reader;
      if (problem === null || isCut) return;
      yield { line: problem.line, note: aboutTheList[problem.what] };
    },
  };
}

const notJson = 'it is not valid JSON';
/** Of what the file's end cuts in two. */
const cutOff = 'the file ends before it does';

const aboutTheList = {
  'no-list': noList,
  'not-closed': 'The file ends before the list does: the closing `]` is missing.',
  'more-text': 'What follows the list was left out.',
} as const;

/** `ends`: what to say when the text stops before the object does. */
function jsonRow({ text, line, from }: Pick<JsonItem, 'text' | 'line' | 'from'>, ends: string): DataRow {
  let data: JsonValue;
  try {
    data = JSON.parse(text) as JsonValue;
  } catch {
    return brokenRow(text, line, from, ends);
  }
  if (!isObject(data)) return { line, problem: 'a case is a JSON object, `{…}`' };
  return isPlain(text) ? { line, data } : exactRow(text, line);
}

/** Where it breaks; what is cut off, where it begins. */
function brokenRow(text: string, line: number, from: Position, ends: string): DataRow {
  const problem = jsonProblem(text);
  if (problem === null) return { line, problem: notJson };
  if (problem.what === 'end') return { line, problem: ends };
  const lines = text.slice(0, problem.offset).split('\n');
  const last = (lines.at(-1) ?? '').length;
  return {
    line: from.line + lines.length - 1,
    column: lines.length === 1 ? from.column + last : last,
    problem: `${notJson}: ${problem.words}`,
  };
}

/** JSON is YAML, whose reader keeps numbers as they are written where a double cannot, and sees a key given twice. */
function exactRow(text: string, line: number): DataRow {
  const { value, texts, diagnostics } = readYaml(text.trim());
  const [first] = diagnostics;
  if (first !== undefined) {
    return { line: line + first.range.start.line, problem: first.message.replace(/\.$/, '') };
  }
  const expected = isObject(texts) ? texts['expected'] : undefined;
  return { line, data: isObject(value) ? value : {}, ...(typeof expected === 'string' && { expected }) };
}

const token = /["{}[\]]|-?\d[\d.eE+-]*/g;

/** Whether valid JSON has every number as it is written, no key twice in one object, and is not too deep. */
function isPlain(text: string): boolean {
  const open: Set<string>[] = [];
  token.lastIndex = 0;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const [piece] = match;
    if (piece === '{' || piece === '[') open.push(new Set());
    else if (piece === '}' || piece === ']') open.pop();
    else if (piece !== '"') {
      if (!isExact(piece)) return false;
    } else {
      token.lastIndex = endOfString(text, match.index);
      colon.lastIndex = token.lastIndex;
      if (!colon.test(text)) continue;
      const key = JSON.parse(text.slice(match.index, token.lastIndex)) as string;
      if (open.at(-1)?.has(key) === true) return false;
      open.at(-1)?.add(key);
    }
    if (open.length > maxNesting) return false;
  }
  return true;
}

const colon = /\s*:/y;
const quoteOrEscape = /["\\]/g;

/** Step by step: a regular expression for the whole of it runs out of stack in a long text. */
function endOfString(text: string, start: number): number {
  quoteOrEscape.lastIndex = start + 1;
  for (let match = quoteOrEscape.exec(text); match !== null; match = quoteOrEscape.exec(text)) {
    if (match[0] === '"') return quoteOrEscape.lastIndex;
    quoteOrEscape.lastIndex++;
  }
  return text.length;
}

function isExact(written: string): boolean {
  const number = Number(written);
  return String(number) === written && (!Number.isInteger(number) || Number.isSafeInteger(number));
}
