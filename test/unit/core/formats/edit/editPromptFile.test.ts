import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JsonObject, JsonValue } from '../../../../../src/core/domain/json.ts';
import { applyToValue } from '../../../../../src/core/formats/edit/applyToValue.ts';
import { createPromptFile } from '../../../../../src/core/formats/edit/createPromptFile.ts';
import { editPromptFile } from '../../../../../src/core/formats/edit/editPromptFile.ts';
import {
  addSkillFile,
  addTestCases,
  setMessageContent,
  setModelParameters,
  setVariants,
} from '../../../../../src/core/formats/edit/promptEdit.ts';
import type { PromptEdit } from '../../../../../src/core/formats/edit/promptEdit.ts';
import { parsePromptFile } from '../../../../../src/core/formats/parsePromptFile.ts';
import { textPositions } from '../../../../../src/core/formats/textPositions.ts';
import { readYaml } from '../../../../../src/core/formats/yaml/readYaml.ts';

/** The new text; the edits lead there too. */
function edited(text: string, ...wishes: PromptEdit[]): string {
  const result = editPromptFile(text, wishes);
  if (result.status === 'refused') throw new Error(result.diagnostics.map(({ message }) => message).join());
  const positions = textPositions(text);
  let byEdits = text;
  for (const { range, newText } of result.edits) {
    byEdits =
      byEdits.slice(0, positions.offsetAt(range.start)) +
      newText +
      byEdits.slice(positions.offsetAt(range.end));
  }
  expect(byEdits).toBe(result.text);
  return result.text;
}

const set = (at: PromptEdit['path'], value: JsonValue): PromptEdit => ({ type: 'set', path: at, value });
const remove = (at: PromptEdit['path']): PromptEdit => ({ type: 'remove', path: at });

const skill = `# Reviews code.
kind: skill   # not a prompt
name: 'review'
instructions: |
  Review this.

  Be kind.

files:
- a.md   # the checklist
# the style guide comes last
- "b.md"

# how it answers
modelParameters:
  temperature: 0.20 # low
  topP: .5
`;

describe('editPromptFile', () => {
  it.each<[string, string, PromptEdit[], string]>([
    ['a file of a skill', skill, [addSkillFile('c.md')], skill.replace('- "b.md"', '- "b.md"\n- c.md')],
    [
      'a file of a skill without files',
      'kind: skill\ninstructions: x\nmodelParameters: {}\n',
      [addSkillFile('c.md')],
      'kind: skill\ninstructions: x\nfiles:\n  - c.md\nmodelParameters: {}\n',
    ],
    [
      'a model parameter, its comment kept',
      skill,
      setModelParameters({ temperature: 0.7 }),
      skill.replace('0.20 # low', '0.7 # low'),
    ],
    [
      'a new model parameter, in the usual place',
      skill,
      setModelParameters({ maxTokens: 100 }),
      skill.replace('0.20 # low', '0.20 # low\n  maxTokens: 100'),
    ],
    [
      'a model parameter gone',
      skill,
      setModelParameters({ temperature: null }),
      skill.replace('  temperature: 0.20 # low\n', ''),
    ],
    ['nothing', skill, setModelParameters({ temperature: 0.2 }), skill],
    ['a quoted text stays quoted', skill, [set(['name'], "it's")], skill.replace("'review'", "'it''s'")],
    ['a text that only looks like a number', 'name: x\n', [set(['name'], '12')], 'name: "12"\n'],
    [
      'a block of text',
      skill,
      [set(['instructions'], 'One line.')],
      skill.replace('|\n  Review this.\n\n  Be kind.\n', '|-\n  One line.\n'),
    ],
    [
      'a message, from one line to several',
      'messages:\n  - role: user # who\n    content: "hi" # what\n  - role: system\n    content: x\n',
      [setMessageContent(0, 'a: b\n{{x}}\n')],
      'messages:\n  - role: user # who\n    content: | # what\n      a: b\n      {{x}}\n  - role: system\n    content: x\n',
    ],
    [
      'test cases, with the line ends of the file',
      'messages: []\r\ntestData:\r\n  - input: x # first\r\n',
      [addTestCases([{ input: 'a\nb', expected: 'y' }])],
      'messages: []\r\ntestData:\r\n  - input: x # first\r\n  - input: |-\r\n      a\r\n      b\r\n    expected: y\r\n',
    ],
    [
      'test cases at the end of a file without a last line end',
      'testData:\n  - input: x',
      [addTestCases([{ input: 'y' }])],
      'testData:\n  - input: x\n  - input: y\n',
    ],
    [
      'an item between brackets',
      'tags: [a, b] # c\n',
      [set(['tags'], ['a', 'x y', 'b'])],
      'tags: [a, x y, b] # c\n',
    ],
    [
      'a key between braces',
      'modelParameters: {seed: 1} # c\n',
      setModelParameters({ temperature: 0 }),
      'modelParameters: {seed: 1, temperature: 0} # c\n',
    ],
    [
      'a list after an empty key',
      'tags: # none yet\nname: x\n',
      [set(['tags'], ['a'])],
      'tags: # none yet\n  - a\nname: x\n',
    ],
    ['the last item gone', 'tags:\n  - a\nname: x\n', [remove(['tags', 0])], 'tags: []\nname: x\n'],
    ['a key gone with all below', skill, [remove(['files'])], skill.replace(/files:[^]*"b.md"\n/, '')],
    ['a key that is not there gone', skill, [remove(['tags', 0])], skill],
    [
      'the first key of an item gone',
      'testData:\n  - a: 1\n    b: 2\n',
      [remove(['testData', 0, 'a'])],
      'testData:\n  - b: 2\n',
    ],
    [
      'a key before all others',
      '# about\nname: x\n',
      [set(['kind'], 'skill')],
      '# about\nkind: skill\nname: x\n',
    ],
    ['an empty file', '# soon\n', [set(['name'], 'x')], '# soon\nname: x\n'],
    [
      'no file',
      '',
      [set(['messages', 0], { role: 'user', content: 'a\nb\n' })],
      'messages:\n  - role: user\n    content: |\n      a\n      b\n',
    ],
    [
      'a file with a byte order mark',
      '\uFEFFname: x\n',
      [set(['kind'], 'skill')],
      '\uFEFFkind: skill\nname: x\n',
    ],
    [
      'a value behind an alias, the others kept',
      'name: &n a\nmodel: *n\n',
      [set(['model'], 'b')],
      'name: &n a\nmodel: b\n',
    ],
    [
      'a value others refer to',
      'name: &n a\nmodel: *n # m\n',
      [set(['name'], 'b')],
      'name: &n b\nmodel: a # m\n',
    ],
    [
      'a merged key',
      'a: &a {x: 1}\nb:\n  <<: *a # all\n  y: 2\n',
      [set(['b', 'x'], 3)],
      'a: &a {x: 1}\nb:\n  <<: *a # all\n  y: 2\n  x: 3\n',
    ],
  ])('%s', (_, text, wishes, expected) => {
    expect(edited(text, ...wishes)).toBe(expected);
  });

  it('keeps the comments of variants that stay', () => {
    const test = `kind: abtest
variants:
  - short # the old one
  # with another model
  - prompt: long
    model: m # cheap
metric: cost
`;
    const variants = ['short', { prompt: 'long', model: 'n' }, { prompt: 'short', ref: 'HEAD~1' }];
    expect(edited(test, setVariants(variants))).toBe(
      test.replace('model: m # cheap', 'model: n # cheap\n  - prompt: short\n    ref: HEAD~1'),
    );
    expect(edited(test, setVariants([{ prompt: 'long', model: 'm' }]))).toBe(
      test.replace('  - short # the old one\n', ''),
    );
  });

  it('refuses a file it cannot read, and places that cannot be', () => {
    const broken = editPromptFile('a: [', [set(['name'], 'x')]);
    expect(broken).toMatchObject({ status: 'refused', diagnostics: [{ code: 'bad-yaml' }] });
    const odd = editPromptFile('name: x\n', [set(['name', 'first'], 'x')]);
    expect(odd).toMatchObject({
      status: 'refused',
      diagnostics: [{ code: 'cannot-edit', range: { start: { line: 0, column: 6 } } }],
    });
    expect(editPromptFile('[a]', [set(['name'], 'x')]).status).toBe('refused');
    expect(editPromptFile('tags: [a]\n', [set(['tags', 5], 'x')]).status).toBe('refused');
  });
});

const fixtures = ['promptFiles', 'githubModels'].flatMap((name) => {
  const folder = path.join(import.meta.dirname, '../../../../fixtures', name);
  return readdirSync(folder).map((file) => readFileSync(path.join(folder, file), 'utf8'));
});

/** The text of each top-level key up to the next. */
function chunks(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const chunk of text.split(/^(?=[A-Za-z<])/m)) found.set(/^[^:\n]*/.exec(chunk)?.[0] ?? '', chunk);
  return found;
}

const awkward = fc.constantFrom(
  '',
  ' ',
  'null',
  '1.0',
  '- a',
  'a: b',
  '# no',
  'a #b',
  '{{x}}',
  "'",
  '"',
  'x\n',
  'x\ny',
  '\n',
  ' x\ny\n',
  'x\n\n',
  'a\r\nb',
  '\t',
  'ü😀',
  '&a',
  '*a',
  '!t',
  '|',
  '---',
  'true',
  '\u2028',
  'x ',
  'a\n \nb\n',
  '#',
  'key:',
  '[',
  '?',
  '%',
  '@',
);
const scalar = fc.oneof(
  awkward,
  fc.string({ unit: 'grapheme' }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const anyValue = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    scalar as fc.Arbitrary<JsonValue>,
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(
      fc.oneof(fc.stringMatching(/^[a-z]{1,5}$/), fc.constantFrom('no', '1', 'a b', '')),
      tie('value'),
      { maxKeys: 3 },
    ),
  ),
})).value;

const pathsOf = (value: JsonValue, at: (string | number)[] = []): (string | number)[][] =>
  typeof value !== 'object' || value === null
    ? [at]
    : [
        at,
        ...(Array.isArray(value)
          ? value.flatMap((each, index) => pathsOf(each, [...at, index]))
          : Object.entries(value).flatMap(([key, each]) => pathsOf(each, [...at, key]))),
      ];

describe('any edit of any file', () => {
  it('says what was wished and leaves the rest as it was, to the byte', () => {
    const wish = fc.record({
      text: fc.constantFrom(...fixtures),
      crlf: fc.boolean(),
      seed: fc.double({ min: 0, max: 0.999, noNaN: true }),
      value: anyValue,
      what: fc.constantFrom('set', 'add', 'remove', 'append'),
      key: fc.stringMatching(/^[a-z]{1,6}$/),
    });
    let refusals = 0;
    let runs = 0;
    fc.assert(
      fc.property(wish, ({ text: lf, crlf, seed, value, what, key }) => {
        const text = crlf ? lf.replaceAll('\n', '\r\n') : lf;
        const before = readYaml(text).value;
        const paths = pathsOf(before).slice(1);
        const at = paths[Math.floor(seed * paths.length)]!;
        const edit: PromptEdit =
          what === 'remove'
            ? remove(at)
            : what === 'append'
              ? { type: 'append', path: at, values: [value, 'x'] }
              : set(what === 'add' ? [...at, key] : at, value);
        const wished = applyToValue(before, edit);
        const result = editPromptFile(text, [edit]);
        if ('problem' in wished) {
          expect(result.status).toBe('refused');
          return;
        }
        runs++;
        if (result.status === 'refused') {
          refusals++;
          return;
        }
        expect(readYaml(result.text).value).toEqual(wished.value);
        // A file between braces is one chunk.
        const after = chunks(result.text);
        for (const [name, chunk] of text.startsWith('{') ? [] : chunks(text))
          if (name !== at[0] && !/\*/.test(chunk)) expect(after.get(name)).toBe(chunk);
        expect(/\r\n/.test(result.text.replaceAll('\r\n', '')) || /(?<!\r)\n/.test(result.text)).toBe(!crlf);
        edited(text, edit);
      }),
      { numRuns: 600 },
    );
    // Refusing is safe, but must stay rare.
    expect(refusals / runs).toBeLessThan(0.02);
  });
});

describe('createPromptFile', () => {
  it('writes keys in their usual order and texts of several lines as blocks', () => {
    const text = createPromptFile({
      instructions: 'Do it.\n\nWell: {{x}}\n',
      files: ['a.md'],
      kind: 'skill',
      name: 'x',
    });
    expect(text).toBe('kind: skill\nname: x\ninstructions: |\n  Do it.\n\n  Well: {{x}}\nfiles:\n  - a.md\n');
    expect(parsePromptFile(text, 'x.prompt.yaml').diagnostics.map(({ code }) => code)).toEqual([]);
  });

  it('writes any value so that it is read as it was', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), anyValue, { minKeys: 1 }),
        (value: JsonObject) => {
          expect(readYaml(createPromptFile(value)).value).toEqual(value);
        },
      ),
      { numRuns: 300 },
    );
  });
});
