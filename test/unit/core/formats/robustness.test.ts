import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parsePromptFile } from '../../../../src/core/formats/parsePromptFile.ts';
import { scanHeader } from '../../../../src/core/formats/scanHeader.ts';

const folders = ['promptFiles', 'githubModels'].map((name) =>
  path.join(import.meta.dirname, '../../../fixtures', name),
);
const fixtures = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => ({ name, text: readFileSync(path.join(folder, name), 'utf8') })),
);

/** Reads a text and checks what holds for every text. */
function read(text: string): void {
  const parsed = parsePromptFile(text, 'folder/some.prompt.yaml');
  const lines = text.split('\n');
  const known = (line: number, column: number): boolean =>
    column >= 0 && column <= (lines[line]?.length ?? -1);
  for (const { range, message, severity } of parsed.diagnostics) {
    expect(known(range.start.line, range.start.column)).toBe(true);
    expect(known(range.end.line, range.end.column)).toBe(true);
    expect(message).not.toBe('');
    if (severity === 'error' && parsed.file !== null) expect(parsed.file.name).toBe(parsed.name);
  }
  expect(parsed.name).not.toBe('');
  if (parsed.file === null) expect(parsed.diagnostics.some((each) => each.severity === 'error')).toBe(true);
  else {
    const header = scanHeader(text, 'folder/some.prompt.yaml');
    const { kind, name, description, tags } = parsed.file;
    expect(header).toEqual({ kind, name, tags, ...(description !== undefined && { description }) });
  }
  scanHeader(text, 'x.prompt.yml');
}

const yamlPieces = fc.constantFrom(
  ...[
    '- ',
    ': ',
    '\n',
    '  ',
    '{',
    '}',
    '[',
    ']',
    '{{',
    '}}',
    '"',
    "'",
    '|\n',
    '>-\n',
    '&a ',
    '*a',
    '!x ',
    '? ',
    '# ',
    '---\n',
    ', ',
  ],
  ...[
    'kind',
    'name',
    'messages',
    'role',
    'user',
    'content',
    'steps',
    'variants',
    '<<',
    '__proto__',
    'constructor',
    'null',
    '~',
  ],
);

describe('any text', () => {
  it('is read without throwing', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), read), { numRuns: 300 });
    fc.assert(
      fc.property(
        fc.array(yamlPieces, { maxLength: 60 }).map((pieces) => pieces.join('')),
        read,
      ),
      {
        numRuns: 1500,
      },
    );
  });

  it('that is a valid file with some characters changed is read without throwing', () => {
    const change = fc.record({
      file: fc.constantFrom(...fixtures.map(({ text }) => text)),
      edits: fc.array(
        fc.record({
          at: fc.double({ min: 0, max: 1, noNaN: true }),
          remove: fc.nat(30),
          insert: fc.oneof(fc.string(), yamlPieces, fc.constant('')),
        }),
        { minLength: 1, maxLength: 4 },
      ),
    });
    fc.assert(
      fc.property(change, ({ file, edits }) => {
        let text = file;
        for (const { at, remove, insert } of edits) {
          const start = Math.floor(at * text.length);
          text = text.slice(0, start) + insert + text.slice(start + remove);
        }
        read(text);
      }),
      { numRuns: 600 },
    );
  });

  it('that is a file somebody is still typing keeps its kind and name', () => {
    const { text } = fixtures.find(({ name }) => name === 'skill.prompt.yaml')!;
    for (let length = text.indexOf('instructions'); length < text.length; length += 3) {
      const parsed = parsePromptFile(text.slice(0, length), 'a.prompt.yaml');
      expect([parsed.kind, parsed.name]).toEqual(['skill', 'code-review']);
    }
  });
});

describe('texts made to hurt', () => {
  const million = 300_000;
  it.each([
    ['list indicators', '- '.repeat(million / 2)],
    ['brackets', '['.repeat(million)],
    ['closing brackets', ']'.repeat(million / 10)],
    ['open maps', '{a: '.repeat(million / 4)],
    ['brackets on lines', '[\n'.repeat(million / 2)],
    ['question marks', '? '.repeat(million / 2)],
    ['an endless key', 'a'.repeat(million)],
    ['many keys', Array.from({ length: 60_000 }, (_, index) => `k${index}: v\n`).join('')],
    ['one key many times', 'a: x\n'.repeat(100_000)],
    ['many documents', 'a: 1\n---\n'.repeat(60_000)],
    ['anchors', '&a '.repeat(100_000)],
    ['aliases', `a: &a x\nb:\n${'  - *a\n'.repeat(100_000)}`],
    [
      'doubling aliases',
      `a0: &a0 x\n${Array.from({ length: 60 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]\n`).join('')}`,
    ],
    ['indentation', Array.from({ length: 1300 }, (_, index) => `${' '.repeat(index)}a:`).join('\n')],
    ['open variables', `messages:\n  - role: user\n    content: '${'{{ '.repeat(200_000)}'\n`],
    ['comments', '# x\n'.repeat(200_000)],
    ['blank folded lines', `a: >\n${' x\n\n'.repeat(100_000)}`],
    ['colons', ': '.repeat(100_000)],
    ['quotes', '"\n'.repeat(100_000)],
  ])('%s are read in seconds', (_, text) => {
    const started = performance.now();
    const parsed = parsePromptFile(text, 'a.prompt.yaml');
    expect(parsed.file).toBeNull();
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});
