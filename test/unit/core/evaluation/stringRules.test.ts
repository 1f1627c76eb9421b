import { expect, test } from 'vitest';
import type { StringRules } from '../../../../src/core/domain/promptFile.ts';
import { scoreOf, stringRules } from '../../../support/evaluating.ts';

const cases: [StringRules, string, number][] = [
  [{ equals: ' Yes ' }, '\nYes ', 1],
  [{ equals: 'yes' }, 'Yes', 0],
  [{ contains: 'WORLD' }, 'hello world', 1],
  [{ contains: ' world ' }, 'hello world', 1],
  [{ startsWith: 'HELLO' }, '  hello world', 1],
  [{ startsWith: 'world' }, 'hello world', 0],
  [{ endsWith: 'World' }, 'hello world \n', 1],
  [{ contains: 'hello', endsWith: 'moon' }, 'hello world', 0],
  [{ contains: 'hello', endsWith: 'world' }, 'hello world', 1],
  [{ equals: '{{city}}' }, 'Rome', 1],
  [{ contains: '{{expected}}' }, 'it is forty', 1],
  [{ matches: '^\\d{3}$' }, '123\n', 1],
  [{ matches: 'HELLO' }, 'hello', 0],
  [{ matches: 'HELLO', flags: 'i' }, 'hello', 1],
  [{ matches: '^b$', flags: 'm' }, 'a\nb\nc', 1],
  [{ matches: 'a.c', flags: 's' }, 'a\nc', 1],
  [{ matches: 'a.c' }, 'a\nc', 0],
  [{ matches: '\\p{Lu}' }, 'Ä', 1],
  [{ matches: '(?<year>\\d{4})' }, 'in 2026', 1],
  [{ contains: 'a', matches: 'b' }, 'a', 0],
];
test.each(cases)('%j on %j', async (rules, output, score) => {
  expect(await scoreOf(stringRules(rules), output, 'forty', { city: 'Rome' })).toBe(score);
});

test('a value is inserted as it is, never read as a template again', async () => {
  const rule = stringRules({ equals: '{{a}}' });
  expect(await scoreOf(rule, '{{b}}', undefined, { a: '{{b}}', b: 'x' })).toBe(1);
});

test('an unset variable, a broken pattern and no rule at all are missing scores', async () => {
  expect(await scoreOf(stringRules({ equals: '{{gone}}' }), 'x')).toContain('{{gone}}');
  expect(await scoreOf(stringRules({ matches: 'a(' }), 'x')).toContain('missing closing )');
  expect(await scoreOf(stringRules({ matches: '(?=a)' }), 'x')).toContain('look-around');
  expect(await scoreOf(stringRules({ matches: 'a', flags: 'y' }), 'x')).toContain('unknown flag');
  expect(await scoreOf(stringRules({}), 'x')).toContain('no rule');
});

test('compat: gh-models uses only the first rule, untrimmed and untemplated', async () => {
  const compat = { compat: 'gh-models' } as const;
  expect(await scoreOf(stringRules({ contains: 'a', endsWith: 'z' }, compat), 'abc')).toBe(1);
  expect(await scoreOf(stringRules({ equals: 'a ' }, compat), 'a ')).toBe(0);
  expect(await scoreOf(stringRules({ equals: '', contains: '{{x}}' }, compat), 'has {{X}}')).toBe(1);
});

test.each(['(a+)+$', '^(\\w+\\s?)*$', '(a|a)*b', '(.*)(.*)(.*)(.*)x'])(
  'a pattern that hangs other engines does not hang this one: %s',
  async (pattern) => {
    const started = performance.now();
    await scoreOf(stringRules({ matches: pattern }), `${'a'.repeat(1_000_000)}!`);
    expect(performance.now() - started).toBeLessThan(10_000);
  },
);
