import { Validator } from '@cfworker/json-schema';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parsePromptFile } from '../../../../src/core/formats/parsePromptFile.ts';
import { toJsonSchema } from '../../../../src/core/formats/schema/toJsonSchema.ts';
import { readYaml } from '../../../../src/core/formats/yaml/readYaml.ts';

it('schemas/prompt.schema.json is up to date (npm run schemas)', () => {
  const file = path.join(import.meta.dirname, '../../../../schemas/prompt.schema.json');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(toJsonSchema());
});

const files = {
  prompt: 'messages: [{role: user, content: hi}]\n',
  skill: 'kind: skill\ninstructions: x\n',
  chain: 'kind: chain\nsteps: [{use: a}]\n',
  abtest: 'kind: abtest\nvariants: [a, b]\n',
};

const keys = [
  ...['kind', 'name', 'description', 'tags', 'metadata', 'backend', 'model', 'modelParameters', 'messages'],
  ...['variables', 'responseFormat', 'jsonSchema', 'testData', 'testDataFile', 'evaluators', 'instructions'],
  ...['files', 'steps', 'variants', 'groupBy', 'metric', 'repetitions', 'confidence', 'minEffect'],
  ...['stopEarly', 'concurrency', 'budget'],
];

const judge = (choices: string): string => `[{llm: {prompt: "{{completion}}", choices: ${choices}}}]`;

const values = [
  ...['', 'null', '5', '0', '-1', '1.5', '0.7', 'true', 'text', '"5"', '2024-01-01', "''"],
  ...['[]', '[a]', '[1]', '[null]', '[[]]', '[{}]', '[{}, a]', '[a, b]', '[a, a, a]'],
  ...['{}', '{a: 1}', '{a: null}', '{a: {}}', '{a: []}', '{1x: {}}', '{x: {default: null, enum: }}'],
  ...[
    'prompt',
    'skill',
    'json_object',
    'json_schema',
    'ollama',
    ' ollama ',
    'scripted',
    'custom:a',
    'custom:',
  ],
  ...['./a.csv', 'a.YML', '/a.csv', 'C:\\a.csv', 'https://a/b.json', 'a.txt', '[a.md, ../b.md]', '[/a.md]'],
  ...['[{role: user, content: x}]', '[{role: user, content: 5}]', '[{role: user, content: null}]'],
  ...['[{role: tool, content: x}]', '[{role: user}]', '[{role: user, content: [x]}]'],
  ...[
    '[{use: a}]',
    '[{use: null}]',
    '[{use: a, with: {x: }}]',
    '[{use: a, with: {x: [1]}}]',
    '[{use: a, with: }]',
  ],
  ...['[{prompt: a}, {prompt: b}]', '[{prompt: a}]', '[{prompt: a, label: }, b]', '[{label: a}, b]'],
  ...[
    '{temperature: 1}',
    '{temperature: 3}',
    '{temperature: }',
    '{maxTokens: 1.5}',
    '{seed: 1.5}',
    '{effort: low}',
  ],
  ...[
    '{stop: a}',
    '{stop: [a, null]}',
    '{stop: {}}',
    '{thinking: high}',
    '{thinking: true}',
    '{thinking: maybe}',
  ],
  ...['{options: {a: 1}}', '{options: []}', '{maxCalls: 1}', '{maxCalls: 0}', '{maxCostUsd: 0}'],
  ...[
    '[{uses: promptly/contains}]',
    '[{uses: }]',
    '[{string: {}}]',
    '[{string: }]',
    '[{string: {flags: i}}]',
  ],
  ...[
    '[{string: {contains: null}}]',
    '[{string: {contains: a}, llm: }]',
    '[{uses: a, string: {contains: a}}]',
  ],
  ...[
    '[{uses: a, weight: -1}]',
    '[{uses: a, threshold: 2}]',
    '[{uses: a, not: 1}]',
    '[{uses: a, compat: x}]',
  ],
  ...[
    judge('[]'),
    judge('[{choice: a, score: 1}]'),
    judge('[{choice: null, score: 2}]'),
    judge('[{choice: a}]'),
  ],
  '[{expected: a, x: [1, {y: z}]}]',
];

/** Written instead of `key`'s own line where the file has one. */
const withKey = (text: string, key: string, value: string): string =>
  `${key}: ${value}\n${text.replace(new RegExp(`^${key}:.*\n`, 'm'), '')}`;

describe('the JSON Schema of prompt files', () => {
  const schema = new Validator(toJsonSchema(), '7');

  /** What `text` is to both: usable for the parser, valid for the schema. */
  const judged = (text: string): { parser: boolean; schema: boolean } => ({
    parser: parsePromptFile(text, 'a.prompt.yaml').file !== null,
    schema: schema.validate(readYaml(text).value).valid,
  });

  it.each(Object.entries(files))('takes and refuses what the parser does: kind %s', (_, text) => {
    const wrong: string[] = [];
    let taken = 0;
    for (const key of keys) {
      for (const value of values) {
        const file = withKey(text, key, value);
        // What must be there and is empty is `null` to a JSON Schema, as the word `null` is: the parser alone tells.
        if (value === '' && key === 'instructions' && file.includes('kind: skill')) continue;
        const result = judged(file);
        if (result.parser) taken++;
        if (result.parser !== result.schema) wrong.push(`${key}: ${value} ${JSON.stringify(result)}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(taken).toBeGreaterThan(keys.length);
  });

  it.each([
    ['needs a schema for a schema', 'responseFormat: json_schema\n', false],
    ['takes one', 'responseFormat: json_schema\njsonSchema: {type: object}\n', true],
    ['takes one as GitHub wrote it', `responseFormat: json_schema\njsonSchema: '{"schema": {}}'\n`, true],
    ['takes no other text for one', 'responseFormat: json_schema\njsonSchema: object\n', false],
  ])('%s', (_, lines, isRight) => {
    expect(judged(lines + files.prompt)).toEqual({ parser: isRight, schema: isRight });
  });
});
