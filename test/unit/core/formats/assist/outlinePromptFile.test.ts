import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Range } from '../../../../../src/core/domain/diagnostic.ts';
import {
  outlinePromptFile,
  type OutlineEntry,
} from '../../../../../src/core/formats/assist/outlinePromptFile.ts';

const folder = path.join('test', 'fixtures', 'promptFiles');
const read = (name: string): OutlineEntry => {
  const file = path.join(folder, name);
  return outlinePromptFile(readFileSync(file, 'utf8'), file);
};
const shown = ({ type, name, children }: OutlineEntry): unknown =>
  children.length === 0 ? `${type} ${name}` : { [`${type} ${name}`]: children.map(shown) };

test('a prompt: messages, inputs, cases, data file and evaluators, in the order of the file', () => {
  expect(shown(read('prompt.prompt.yaml'))).toEqual({
    'prompt extract-order': [
      { 'section messages': ['message system', 'message user'] },
      { 'section variables': ['input today', 'input mail'] },
      { 'section testData': ['case five', 'case case-2'] },
      'data-file ./orders.jsonl',
      {
        'section evaluators': [
          'evaluator valid',
          'evaluator number',
          'evaluator no-apology',
          'evaluator ./my-evaluator.mjs',
        ],
      },
    ],
  });
});

test('a chain has its steps, an A/B test its variants', () => {
  expect(shown(read('chain.prompt.yml'))).toEqual({
    'chain summarise and translate': [
      { 'section steps': ['step short', 'step step-2'] },
      { 'section testData': ['case case-1'] },
    ],
  });
  const [variants] = read('abtest.prompt.yaml').children;
  expect(variants?.children.map(({ name, detail }) => [name, detail])).toEqual([
    ['summarise', ''],
    ['before', 'HEAD~1'],
    ['summarise', 'm'],
  ]);
});

test('an entry covers its lines, and what is selected lies inside', () => {
  const text =
    'name: a\nmessages:\n  - role: user\n    content: |\n      one\n      two\n\nvariables:\n  x:\n';
  const { children } = outlinePromptFile(text, 'a.prompt.yaml');
  expect(children[0]?.range).toEqual({ start: { line: 1, column: 0 }, end: { line: 5, column: 9 } });
  expect(children[0]?.children[0]?.detail).toBe('one');
  expect(children[1]?.children[0]).toMatchObject({ name: 'x', nameRange: { start: { line: 8, column: 2 } } });
});

test('what can be made out of a broken file is there', () => {
  const text = 'name: a\nmessages:\n  - role: user\n    content: hello\nbackend: "open\n';
  expect(shown(outlinePromptFile(text, 'a.prompt.yaml'))).toEqual({
    'prompt a': [{ 'section messages': ['message user'] }],
  });
  expect(outlinePromptFile('', 'empty.prompt.yaml')).toMatchObject({ name: 'empty', children: [] });
});

const before = (a: Range['start'], b: Range['start']): boolean =>
  a.line < b.line || (a.line === b.line && a.column <= b.column);
const isWithin = (inner: Range, outer: Range): boolean =>
  before(outer.start, inner.start) && before(inner.end, outer.end);
const all = (entry: OutlineEntry): OutlineEntry[] => [entry, ...entry.children.flatMap(all)];

test('never throws, and no selection leaves its entry, whatever is cut out of a file', () => {
  const texts = readdirSync(folder).map((name) => readFileSync(path.join(folder, name), 'utf8'));
  fc.assert(
    fc.property(fc.constantFrom(...texts), fc.nat(), fc.nat(60), (text, at, length) => {
      const start = at % text.length;
      const cut = text.slice(0, start) + text.slice(start + length);
      for (const { range, nameRange } of all(outlinePromptFile(cut, 'a.prompt.yaml')))
        expect(isWithin(nameRange, range)).toBe(true);
    }),
    { numRuns: 300 },
  );
});
