import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  escapeTemplate,
  parseTemplate,
  renderTemplate,
  renderValue,
  variablesOf,
} from '../../../../src/core/domain/template.ts';
import type { JsonValue } from '../../../../src/core/domain/json.ts';

const render = (template: string, values: Record<string, JsonValue> = {}): string =>
  renderTemplate(template, values).text;

/** Text that is rich in braces, so that every rule meets every other. */
const bracy = fc
  .array(
    fc.oneof(
      fc.constantFrom('{', '{{', '}', '}}', ' ', '\n', 'a', 'x.y', '{{a}}', '{{ b }}', '#if'),
      fc.string(),
    ),
  )
  .map((pieces) => pieces.join(''));
const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]{0,8}$/);

describe('renderTemplate', () => {
  it.each([
    ['Hello {{name}}!', 'Hello Ada!'],
    ['{{ name }}{{\tname\n}}', 'AdaAda'],
    ['{{{name}}}', '{Ada}'],
    ['{{{{name}}', '{{name}}'],
    ['{{{{{{name}}', '{{Ada'],
    ['{"a": {"b": 1}}', '{"a": {"b": 1}}'],
    ['{name} and }}', '{name} and }}'],
    ['{{steps.a-b.output}}', 'flat'],
    ['', ''],
  ])('%j renders as %j', (template, expected) => {
    const result = renderTemplate(template, { name: 'Ada', 'steps.a-b.output': 'flat' });
    expect(result).toEqual({ text: expected, missing: [], problems: [] });
  });

  it('inserts values as they are, whatever braces or patterns they hold', () => {
    fc.assert(
      fc.property(fc.string(), bracy, fc.string(), (before, value, after) => {
        const template = `${escapeTemplate(before)} {{v}} ${escapeTemplate(after)}`;
        expect(render(template, { v: value, a: 'WRONG', b: 'WRONG' })).toBe(`${before} ${value} ${after}`);
      }),
    );
  });

  it('renders an escaped text to itself', () => {
    fc.assert(
      fc.property(bracy, (text) => {
        expect(render(escapeTemplate(text))).toBe(text);
      }),
    );
  });

  it('writes what is no string as JSON, numbers and booleans plainly', () => {
    expect(renderValue(5)).toBe('5');
    expect(renderValue(false)).toBe('false');
    expect(renderValue(null)).toBe('null');
    expect(renderValue({ a: [1, 'x'] })).toBe('{"a":[1,"x"]}');
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const json = value as JsonValue;
        expect(renderValue(json)).toBe(typeof json === 'string' ? json : JSON.stringify(json));
      }),
    );
  });

  it('reports every use of a variable without a value, names that objects inherit too', () => {
    const { missing } = renderTemplate('{{a}} {{constructor}} {{__proto__}} {{a}}', {});
    expect(missing.map((use) => use.name)).toEqual(['a', 'constructor', '__proto__', 'a']);
    expect(missing[1]).toEqual({ name: 'constructor', start: 6, end: 21 });
  });
});

describe('parseTemplate', () => {
  it.each([
    ['{{#if x}}yes{{/if}}', ['unsupported-template', 'unsupported-template']],
    ['{{> part}}', ['unsupported-template']],
    ['{{}}', ['unsupported-template']],
    ['{{ 1x }}', ['unsupported-template']],
    ['{{name}', ['unclosed-template']],
    ['{{a {{b}}', ['unclosed-template']],
  ])('says what is wrong with %j', (template, codes) => {
    const { problems } = parseTemplate(template);
    expect(problems.map((problem) => problem.code)).toEqual(codes);
    for (const problem of problems) expect(problem.message).toContain('{{{{');
  });

  it('covers the whole text with parts, problems lying inside text parts', () => {
    fc.assert(
      fc.property(bracy, (text) => {
        const { parts, problems } = parseTemplate(text);
        let at = 0;
        for (const part of parts) {
          expect(part.start).toBe(at);
          expect(part.end).toBeGreaterThan(part.start);
          at = part.end;
        }
        expect(at).toBe(text.length);
        for (const problem of problems) {
          expect(
            parts.some(
              (part) => part.type === 'text' && part.start <= problem.start && problem.end <= part.end,
            ),
          ).toBe(true);
        }
      }),
    );
  });

  it('takes linear time on endless braces', () => {
    const { parts } = parseTemplate('{{ '.repeat(100_000));
    expect(parts).toHaveLength(1);
  });
});

describe('variablesOf', () => {
  it('names each variable once, in order of first use', () => {
    fc.assert(
      fc.property(fc.array(name), (names) => {
        const template = names.map((each) => `x {{${each}}}`).join('');
        expect(variablesOf(template)).toEqual([...new Set(names)]);
      }),
    );
  });
});
