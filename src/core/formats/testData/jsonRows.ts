import type { JsonValue } from '../../domain/json.ts';
import { maxNesting } from '../yaml/nestingLimit.ts';
import { readYaml } from '../yaml/readYaml.ts';
import { isObject, noList } from './dataRow.ts';
import type { DataRow, RowReader } from './dataRow.ts';
import { type JsonItem, JsonListReader } from './jsonListReader.ts';

/** One object a line. */
export function jsonLines(): RowReader {
  let line = 0;
  let open: string[] = [];
  function* toRows(lines: readonly string[]): Generator<DataRow> {
    for (const text of lines) {
      if (text.trim() !== '') yield jsonRow(text, line);
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
      return toRows([whole, ...others]);
    },
    end: () => toRows([open.join('')]),
  };
}

/** A list of objects, each read by itself, so that a broken one does not stop the others. Memory holds one of them. */
export function jsonList(): RowReader {
  const reader = new JsonListReader();
  function* toRows(items: Iterable<JsonItem>): Generator<DataRow> {
    for (const { text, line } of items) yield jsonRow(text, line);
  }
  return {
    take: (piece) => toRows(reader.feed(piece)),
    *end() {
      yield* toRows(reader.end());
      const { problem } = reader;
      if (problem?.what === 'no-list') yield { line: problem.line, note: noList };
      else if (problem?.what === 'not-closed')
        yield { line: problem.line, note: 'The list is never closed by `]`.' };
      else if (problem !== null) yield { line: problem.line, note: 'What follows the list was left out.' };
    },
  };
}

function jsonRow(text: string, line: number): DataRow {
  let data: JsonValue;
  try {
    data = JSON.parse(text) as JsonValue;
  } catch {
    return {
      line,
      problem: text.trim() === '' ? 'there is nothing between two commas' : 'it is not valid JSON',
    };
  }
  if (!isObject(data)) return { line, problem: 'a case is a JSON object, `{…}`' };
  return isPlain(text) ? { line, data } : exactRow(text, line);
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
