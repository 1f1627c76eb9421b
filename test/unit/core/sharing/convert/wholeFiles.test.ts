import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonObject } from '../../../../../src/core/domain/json.ts';
import type { Prompt } from '../../../../../src/core/domain/promptFile.ts';
import { renderTemplate } from '../../../../../src/core/domain/template.ts';
import { createPromptFile } from '../../../../../src/core/formats/edit/createPromptFile.ts';
import { parsePromptFile } from '../../../../../src/core/formats/parsePromptFile.ts';
import { readYaml } from '../../../../../src/core/formats/yaml/readYaml.ts';
import type { Conversion, ForeignDocument } from '../../../../../src/core/sharing/convert/conversion.ts';
import { fromDotprompt } from '../../../../../src/core/sharing/convert/fromDotprompt.ts';
import { fromPromptMd } from '../../../../../src/core/sharing/convert/fromPromptMd.ts';
import { fromPrompty } from '../../../../../src/core/sharing/convert/fromPrompty.ts';
import { splitFrontMatter } from '../../../../../src/core/sharing/convert/splitFrontMatter.ts';

const values = { alpha: 'A', b_2: 'B', gamma: 'C' };
type Name = keyof typeof values;
const names = Object.keys(values) as Name[];

/** What a foreign file says, before it is written in any format. */
interface Draft {
  readonly messages: readonly {
    readonly role: 'system' | 'user' | 'assistant';
    readonly parts: readonly (string | { readonly name: Name })[];
  }[];
  readonly parameters: { readonly temperature?: number; readonly maxTokens?: number; readonly topP?: number };
  readonly defaults: Readonly<Partial<Record<Name, string>>>;
  readonly description: string;
}

const words = fc.constantFrom(
  'Say',
  ' it',
  '\n',
  '\n\n',
  ' "so"',
  ': ',
  '- ',
  '#',
  'é日',
  '{ ',
  ' }',
  "it's",
  '\t',
  '---\n',
);
const drafts: fc.Arbitrary<Draft> = fc.record({
  messages: fc.array(
    fc.record({
      role: fc.constantFrom('system' as const, 'user' as const, 'assistant' as const),
      parts: fc
        .array(
          fc.oneof(
            words,
            fc.constantFrom(...names).map((name) => ({ name })),
          ),
          { maxLength: 10 },
        )
        .map((parts) => ['Begin ', ...parts, ' end.']),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  parameters: fc.record(
    {
      temperature: fc.integer({ min: 0, max: 20 }).map((tenth) => tenth / 10),
      maxTokens: fc.integer({ min: 1, max: 9999 }),
      topP: fc.constantFrom(0, 0.5, 1),
    },
    { requiredKeys: [] },
  ),
  defaults: fc.dictionary(
    fc.constantFrom(...names),
    fc
      .string({ maxLength: 10 })
      .map((each) => each.replaceAll(/[\p{Cc}\p{Cs}\u0085\u2028\u2029\uFEFF]/gu, ' ')),
  ),
  description: fc
    .string({ minLength: 1, maxLength: 30 })
    .map((each) => `d${each.replaceAll(/[\p{Cc}\p{Cs}\u0085\u2028\u2029\uFEFF]/gu, ' ')}`),
});

const spelled = (parts: Draft['messages'][number]['parts'], spell: (name: Name) => string): string =>
  parts.map((part) => (typeof part === 'string' ? part : spell(part.name))).join('');

/** As an import does it: the text of a file, cut and read. */
function imported(
  header: JsonObject,
  body: string,
  convert: (document: ForeignDocument) => Conversion,
): Prompt {
  const split = splitFrontMatter(`---\n${createPromptFile(header)}---\n${body}`);
  const read = readYaml(split?.header ?? '').value as JsonObject;
  const { value } = convert({
    baseName: 'some',
    header: read,
    body: split?.body ?? '',
    bodyLine: split?.bodyLine ?? 1,
  });
  const { file, diagnostics } = parsePromptFile(createPromptFile(value), 'some.prompt.yaml');
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return file as Prompt;
}

/** Blank lines around a message are layout of the formats. */
const settled = (text: string): string => text.replace(/^(?:[ \t]*\n)+/, '').trimEnd();

function expectSame(
  prompt: Prompt,
  draft: Draft,
  messages: readonly { role: string; content: string }[],
): void {
  expect(
    prompt.messages.map(({ role, content }) => ({ role, content: renderTemplate(content, values).text })),
  ).toEqual(messages);
  expect(prompt.modelParameters).toEqual(draft.parameters);
  expect(prompt.description).toBe(draft.description);
  for (const [name, preset] of Object.entries(draft.defaults))
    expect(prompt.variables[name]?.default).toBe(preset);
}

const rendered = ({ messages }: Draft) =>
  messages.map(({ role, parts }) => ({ role, content: settled(spelled(parts, (name) => values[name])) }));

test('a .prompty says the same after it was imported', () => {
  fc.assert(
    fc.property(drafts, fc.boolean(), (draft, isFirst) => {
      const { temperature, maxTokens, topP } = draft.parameters;
      const options = isFirst
        ? {
            ...(temperature !== undefined && { temperature }),
            ...(maxTokens !== undefined && { max_tokens: maxTokens }),
            ...(topP !== undefined && { top_p: topP }),
          }
        : {
            ...(temperature !== undefined && { temperature }),
            ...(maxTokens !== undefined && { maxOutputTokens: maxTokens }),
            ...(topP !== undefined && { topP }),
          };
      const presets = Object.entries(draft.defaults);
      const header: JsonObject = {
        description: draft.description,
        model: isFirst ? { api: 'chat', parameters: options } : { id: 'm', options },
        inputs: isFirst
          ? Object.fromEntries(presets.map(([name, preset]) => [name, { type: 'string', default: preset }]))
          : presets.map(([name, preset]) => ({ name, kind: 'string', default: preset })),
        ...(!isFirst && { template: { format: { kind: 'mustache' }, parser: { kind: 'prompty' } } }),
      };
      const body = draft.messages
        .map(({ role, parts }) => `${role}:\n${spelled(parts, (name) => `{{${name}}}`)}\n`)
        .join('\n');
      expectSame(imported(header, body, fromPrompty), draft, rendered(draft));
    }),
  );
});

test('a .prompt of dotprompt says the same after it was imported', () => {
  fc.assert(
    fc.property(drafts, (draft) => {
      const { maxTokens, ...others } = draft.parameters;
      const header: JsonObject = {
        description: draft.description,
        config: { ...others, ...(maxTokens !== undefined && { maxOutputTokens: maxTokens }) },
        input: {
          schema: Object.fromEntries(names.map((name) => [`${name}?`, 'string, what it is'])),
          default: { ...draft.defaults },
        },
      };
      const theirs = { system: 'system', user: 'user', assistant: 'model' };
      const body = draft.messages
        .map(({ role, parts }) => `{{role "${theirs[role]}"}}\n${spelled(parts, (name) => `{{${name}}}`)}\n`)
        .join('');
      const prompt = imported(header, body, fromDotprompt);
      expectSame(prompt, draft, rendered(draft));
      for (const name of names)
        expect(prompt.variables[name]).toMatchObject({ required: false, description: 'what it is' });
    }),
  );
});

test('a .prompt.md says the same after it was imported', () => {
  fc.assert(
    fc.property(drafts, (draft) => {
      const body = draft.messages
        .map(({ parts }) => spelled(parts, (name) => `\${input:${name}:hint}`))
        .join('\n{{ braces }}\n');
      const prompt = imported({ description: draft.description }, body, fromPromptMd);
      const content = settled(
        draft.messages.map(({ parts }) => spelled(parts, (name) => values[name])).join('\n{{ braces }}\n'),
      );
      expectSame(prompt, { ...draft, parameters: {}, defaults: {} }, [{ role: 'user', content }]);
    }),
  );
});
