import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderTemplate } from '../../../../src/core/domain/template.ts';
import { Remainder } from '../../../../src/core/sharing/convert/conversion.ts';
import { fromEditorVariables } from '../../../../src/core/sharing/templates/fromEditorVariables.ts';
import { fromHandlebars } from '../../../../src/core/sharing/templates/fromHandlebars.ts';
import { fromJinja } from '../../../../src/core/sharing/templates/fromJinja.ts';

const values = { name: 'N', 'a.b': 'AB', _x1: 'X' };
const nameOf = fc.constantFrom(...(Object.keys(values) as (keyof typeof values)[]));

/** Literal text without what opens a tag, and without a last brace or backslash that would join the next tag. */
const literal = fc
  .array(fc.constantFrom('a', 'Ü', ' ', '\n', '{ ', '}', '}}', '$', '%', '#', '"', '日', ': ', '- '), {
    maxLength: 8,
  })
  .map((parts) => parts.join(''));
interface Piece {
  readonly source: string;
  readonly rendered: string;
}
const text = literal.map((each): Piece => ({ source: each, rendered: each }));

const handlebars = (source: string): string =>
  fromHandlebars(source, new Remainder(), { firstLine: 1, helpers: true })
    .map((piece) => (piece.type === 'text' ? piece.template : `<${piece.role}>`))
    .join('');

/** Whatever the pieces are, our template renders to what theirs does. */
function checkRendering(piece: fc.Arbitrary<Piece>, convert: (source: string) => string): void {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const source = pieces.map((each) => each.source).join('');
      const { text: rendered, missing, problems } = renderTemplate(convert(source), values);
      expect({ rendered, missing, problems }).toEqual({
        rendered: pieces.map((each) => each.rendered).join(''),
        missing: [],
        problems: [],
      });
    }),
    { numRuns: 500 },
  );
}

describe('Jinja2', () => {
  it('renders the same after the conversion', () => {
    checkRendering(
      fc.oneof(
        text,
        fc
          .tuple(nameOf, fc.constantFrom('', ' '))
          .map(([name, blank]): Piece => ({ source: `{{${blank}${name}${blank}}}`, rendered: values[name] })),
        nameOf.map((name): Piece => ({ source: `{{ ${name} | default("d") }}`, rendered: values[name] })),
        literal.map((each): Piece => ({
          source: `{% raw %}${each}{{x}}{% endraw %}`,
          rendered: `${each}{{x}}`,
        })),
        fc.constant<Piece>({ source: '{# a comment #}', rendered: '' }),
        fc.constant<Piece>({ source: '{{ "{{" }}', rendered: '{{' }),
      ),
      (source) => fromJinja(source, new Remainder(), 1).template,
    );
  });

  it.each([
    ['a  {{- name -}}  b', 'aNb'],
    ["{{ a['b'] }}", 'AB'],
    ['{{ name | upper }}', '{{ name | upper }}'],
    [
      '{% for x in name %}{{ x }}{{ loop.index }}{{ name }}{% endfor %}',
      '{% for x in name %}{{ x }}{{ loop.index }}N{% endfor %}',
    ],
    ['{{ name', '{{ name'],
    ['{{ name + 1 }}', '{{ name + 1 }}'],
  ])('%s', (source, rendered) => {
    expect(renderTemplate(fromJinja(source, new Remainder(), 1).template, values)).toMatchObject({
      text: rendered,
      missing: [],
      problems: [],
    });
  });
});

describe('Handlebars', () => {
  it('renders the same after the conversion', () => {
    checkRendering(
      fc.oneof(
        text,
        nameOf.map((name): Piece => ({ source: `{{${name}}}`, rendered: values[name] })),
        nameOf.map((name): Piece => ({ source: `{{{ ${name} }}}`, rendered: values[name] })),
        nameOf.map((name): Piece => ({ source: `{{&${name}}}`, rendered: values[name] })),
        nameOf.map((name): Piece => ({ source: `\\{{${name}}}`, rendered: `{{${name}}}` })),
        fc.constant<Piece>({ source: '.{{! a comment }}.', rendered: '..' }),
        fc.constant<Piece>({ source: '.{{!-- one with }} inside --}}.', rendered: '..' }),
      ),
      handlebars,
    );
  });

  it.each([
    ['a  {{~name~}}  b', 'aNb'],
    ['a\n  {{! alone }}\nb', 'a\nb'],
    ['\\\\{{name}}', '\\N'],
    ['{{#if name}}{{name}}{{else}}-{{/if}}', '{{#if name}}N{{else}}-{{/if}}'],
    [
      '{{#each name}}{{name}}{{#if x}}{{y}}{{/if}}{{/each}}{{name}}',
      '{{#each name}}{{name}}{{#if x}}{{y}}{{/if}}{{/each}}N',
    ],
    ['{{> part}}{{this}}{{name', '{{> part}}{{this}}{{name'],
    ['{{role "model"}}x', '<model>x'],
  ])('%s', (source, rendered) => {
    expect(renderTemplate(handlebars(source), values)).toMatchObject({
      text: rendered,
      missing: [],
      problems: [],
    });
  });
});

describe('the editor’s variables', () => {
  it('render the same after the conversion, and braces stay braces', () => {
    checkRendering(
      fc.oneof(
        fc
          .string()
          .map((each) => each.replaceAll('$', 'S'))
          .map((each): Piece => ({ source: each, rendered: each })),
        fc.constant<Piece>({ source: '{{name}}', rendered: '{{name}}' }),
        fc.constant<Piece>({ source: '${input:name}', rendered: 'N' }),
        fc.constant<Piece>({ source: '${input:name:what to call it}', rendered: 'N' }),
        fc.constant<Piece>({ source: '${other}', rendered: '${other}' }),
      ),
      (source) => fromEditorVariables(source, new Remainder(), 1).template,
    );
  });
});

it('texts made to hurt are read in seconds', () => {
  const hurting = [
    '{{',
    '{%',
    '{{#if x}}',
    '{{! c }}',
    '{{{',
    '\\{{',
    '{{!--',
    '{% raw %}',
    '{{ a | default("',
    '${input:',
    '[](',
    '{{a}}\n',
  ];
  for (const piece of hurting) {
    const source = piece.repeat(Math.floor((256 * 1024) / piece.length));
    expect(typeof handlebars(source)).toBe('string');
    expect(typeof fromJinja(source, new Remainder(), 1).template).toBe('string');
    expect(typeof fromEditorVariables(source, new Remainder(), 1).template).toBe('string');
  }
}, 60_000);
