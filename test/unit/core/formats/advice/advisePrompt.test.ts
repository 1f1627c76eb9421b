import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { advisePrompt, parsePromptFile } from '../../../../../src/core/pipeline/language.ts';

const advise = (text: string) => advisePrompt(parsePromptFile(text, '/w/p.prompt.yaml'));
const user = (content: string): string =>
  `name: p\nmessages:\n  - role: system\n    content: You help editors.\n  - role: user\n    content: |\n      ${content}\ntestData:\n  - text: a\n`;
const codes = (text: string): string[] => advise(text).map(({ code }) => code.replace('advice-', ''));

/** The text a range covers. */
function covered(text: string): string[] {
  return advise(text).map(({ range: { start, end } }) =>
    start.line === end.line
      ? (text.split('\n')[start.line] ?? '').slice(start.column, end.column)
      : '(lines)',
  );
}

describe('advisePrompt', () => {
  test('finds nothing in a prompt that says what it wants', () => {
    expect(codes(user('Summarise in 3 sentences.\n\n      <text>{{text}}</text>'))).toEqual([]);
  });

  test.each([
    ['Improve this in 2 sentences.', 'vague', 'Improve'],
    ['Explain DNS in detail, in one short sentence.', 'contradiction', 'in one short sentence'],
    ['Use at most 20 words. Use at least 50 words.', 'contradiction', 'at least 50 words'],
    ['Classify the mail; answer with one word.', 'no-example', 'Classify'],
    ['Say in 2 lines what {{text}} says, and who wrote it.', 'unmarked-input', '{{text}}'],
  ])('%s → %s', (content, code, words) => {
    expect(codes(user(content))).toEqual([code]);
    expect(covered(user(content))).toEqual([words]);
  });

  test('a prompt without role, form, tests', () => {
    const text = 'name: p\nmessages:\n  - role: user\n    content: Tell me about {{topic}}\n';
    expect(codes(text)).toEqual(['no-format', 'no-role', 'no-tests']);
  });

  test('a variable that is declared and not used', () => {
    const text = `${user('Summarise in 3 sentences: <text>{{text}}</text>')}variables:\n  text: {}\n  tone: {}\n`;
    expect(codes(text)).toEqual(['unused-variable']);
    expect(covered(text)).toEqual(['tone']);
  });

  test('many prohibitions', () => {
    const text = user('Write 3 sentences. Do not joke. Never guess. Avoid jargon. Do not greet.');
    expect(codes(text)).toEqual(['only-prohibitions']);
  });

  test('chains and broken files get none', () => {
    expect(codes('kind: chain\nname: c\nsteps:\n  - use: a\n')).toEqual([]);
    expect(codes('messages: [')).toEqual([]);
  });

  test('the skills of the product need no advice but what is a matter of taste', () => {
    const folder = path.resolve('media', 'skill-templates');
    for (const name of readdirSync(folder)) {
      const file = path.join(folder, name, `${name}.prompt.yaml`);
      expect({
        name,
        advice: codes(readFileSync(file, 'utf8')).filter((code) => code !== 'no-example'),
      }).toEqual({
        name,
        advice: [],
      });
    }
  });

  test('any text: never throws, ranges lie in the file', () => {
    const words = fc.constantFrom(
      'improve',
      'the text',
      '{{text}}',
      'in detail',
      'brief',
      'classify',
      'never',
      '\n',
      'é😀',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(words, fc.string()), { maxLength: 30 }), (parts) => {
        const text = JSON.stringify({ name: 'p', messages: [{ role: 'user', content: parts.join(' ') }] });
        for (const { range } of advise(text)) {
          expect(range.end.line * 1e6 + range.end.column).toBeGreaterThanOrEqual(
            range.start.line * 1e6 + range.start.column,
          );
          expect(range.end.column).toBeLessThanOrEqual(text.split('\n')[range.end.line]?.length ?? -1);
        }
      }),
      { numRuns: 200 },
    );
  });
});
