import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Prompt } from '../../../../src/core/domain/promptFile.ts';
import { maxFileBytes, parsePromptFile } from '../../../../src/core/formats/parsePromptFile.ts';

const hi = 'messages: [{role: user, content: hi}]\n';
const say = (content: string): string => `messages:\n  - role: user\n    content: ${content}\n`;
const scored = (evaluator: string): string => `${hi}evaluators:\n  - ${evaluator}\n`;

/** `line:column-line:column severity code`, lines from 1, columns from 1, as people count. */
const findingsOf = (text: string): string[] =>
  parsePromptFile(text, 'dir/some.prompt.yml').diagnostics.map(
    ({ code, severity, range: { start, end } }) =>
      `${start.line + 1}:${start.column + 1}-${end.line + 1}:${end.column + 1} ${severity} ${code}`,
  );

/** What is written, whether the file can be used, each finding, and words of its message. */
type Row = readonly [name: string, text: string, usable: boolean, ...findings: (readonly [string, string])[]];

const yaml: Row[] = [
  ['an empty file', '', false, ['1:1-1:1 error empty-file', 'empty']],
  ['only comments', '# soon\n', false, ['1:1-1:1 error empty-file', 'messages:']],
  ['a list', '- a\n', false, ['1:1-1:4 error not-a-mapping', 'key: value']],
  ['two documents', `${hi}---\n${hi}`, false, ['2:1-2:4 error several-documents', 'remove this `---`']],
  ['a tab', 'messages:\n\t- role: user\n', false, ['2:1-2:2 error bad-yaml', 'Use spaces']],
  ['an unknown tag', `name: !foo x\n${hi}`, false, ['1:7-1:11 error unknown-tag', '`!foo`']],
  ['a tag of another schema', `name: !!binary x\n${hi}`, false, ['1:7-1:15 error unknown-tag', '!!binary']],
  [
    'a key twice',
    `${hi}name: a\nname: b\n`,
    false,
    ['3:1-3:5 error duplicate-key', '`name` stands here twice'],
  ],
  ['an unknown anchor', `name: *x\n${hi}`, false, ['1:7-1:9 error unknown-anchor', '`&x`']],
  ['an open quote', `name: "abc\n${hi}`, false, ['1:7-1:8 error bad-yaml', 'quote is never closed']],
  ['an open bracket', `${hi}tags: [a, b\n`, false, ['2:7-2:8 error bad-yaml', '`[` is never closed']],
  ['a colon in text', `description: a: b\n${hi}`, false, ['1:14-1:15 error bad-yaml', 'in quotes']],
  [
    'a line out of place',
    'messages:\n  - role: user\n   content: x\n',
    false,
    ['3:1-3:2 error bad-yaml', 'Line it up'],
  ],
  [
    'a variable without quotes',
    say('{{x}} and more'),
    false,
    ['3:14-3:28 error unquoted-variable', 'Put the value in quotes'],
  ],
  [
    '101 uses of an anchor',
    `${say('&a x')}tags:\n${'  - *a\n'.repeat(101)}`,
    false,
    ['105:5-105:7 error too-many-aliases', 'More than 100'],
  ],
  ['100 uses of an anchor', `${say('&a x')}tags:\n${'  - *a\n'.repeat(100)}`, true],
  [
    'more than 1 MiB',
    `${hi}# ${'x'.repeat(maxFileBytes)}\n`,
    false,
    ['1:1-1:1 error file-too-large', 'testDataFile'],
  ],
  ['1 MiB', `${hi}#${'x'.repeat(maxFileBytes - hi.length - 2)}\n`, true],
  [
    'more than 1 MiB of two-byte characters',
    `${hi}# ${'ü'.repeat(maxFileBytes / 2)}\n`,
    false,
    ['1:1-1:1 error file-too-large', '1 MiB'],
  ],
  ['other line ends', `name: x\r\nfoo: 1\r\n${hi}`, true, ['2:1-2:4 warning unknown-key', 'foo']],
  ['a byte order mark', `\uFEFFname: x\n${hi}`, true],
];

const shape: Row[] = [
  [
    'an unknown key',
    `${hi}modelParameter: {}\n`,
    true,
    ['2:1-2:15 warning unknown-key', 'Did you mean `modelParameters`?'],
  ],
  [
    'an unknown parameter',
    `${hi}modelParameters:\n  temprature: 1\n`,
    true,
    ['3:3-3:13 warning unknown-key', 'Did you mean `temperature`?'],
  ],
  [
    'a parameter at the top',
    `${hi}temperature: 1\n`,
    true,
    ['2:1-2:12 warning unknown-key', 'belongs under `modelParameters`'],
  ],
  [
    "another kind's key",
    `${hi}steps: []\n`,
    true,
    ['2:1-2:6 warning unknown-key', 'belongs to kind `chain`'],
  ],
  ['no messages', 'name: x\n', false, ['1:1-1:5 error missing-key', 'needs `messages`']],
  ['empty messages', 'messages: []\n', false, ['1:1-1:9 error missing-key', 'at least one message']],
  ['messages without value', 'messages:\n', false, ['1:1-1:9 error missing-key', 'is empty']],
  [
    'no kind but instructions',
    'instructions: x\n',
    false,
    ['1:1-1:13 error missing-key', 'or write `kind: skill`'],
    ['1:1-1:13 warning unknown-key', 'kind `skill`'],
  ],
  [
    'an unknown role',
    'messages:\n  - role: usr\n    content: x\n',
    false,
    ['2:11-2:14 error invalid-value', 'Did you mean `user`?'],
  ],
  [
    'a message without content',
    'messages:\n  - role: user\n',
    false,
    ['2:5-2:9 error missing-key', 'needs `content`'],
  ],
  ['an unknown kind', `kind: skil\n${hi}`, false, ['1:7-1:11 error unknown-kind', 'Did you mean `skill`?']],
  [
    'an unknown backend',
    `backend: olama\n${hi}`,
    false,
    ['1:10-1:15 error unknown-backend', 'Did you mean `ollama`?'],
  ],
  ['a custom backend', `backend: custom:mine\n${hi}`, true],
  [
    'a custom backend without name',
    `backend: "custom:"\n${hi}`,
    false,
    ['1:10-1:19 error unknown-backend', 'custom:<name>'],
  ],
  [
    'numbers out of range',
    `${hi}modelParameters: {temperature: 3, maxTokens: 0, topP: 2}\n`,
    false,
    ['2:32-2:33 error invalid-value', 'from 0 to 2'],
    ['2:46-2:47 error invalid-value', 'of 1 or more'],
    ['2:55-2:56 error invalid-value', 'from 0 to 1'],
  ],
  [
    'a number in quotes',
    `${hi}modelParameters:\n  temperature: "0.5"\n`,
    false,
    ['3:16-3:21 error invalid-value', 'Take the quotes off'],
  ],
  [
    'two names of one parameter',
    `${hi}modelParameters: {maxTokens: 1, maxCompletionTokens: 2}\n`,
    true,
    ['2:33-2:52 warning said-twice', 'maxTokens'],
  ],
  [
    'Claude 5 with temperature',
    `backend: claude\nmodel: claude-sonnet-5-5\nmodelParameters: {temperature: 0.1, topP: 1, seed: 1}\n${hi}`,
    true,
    ['3:19-3:30 warning not-applied', 'does not take `temperature`'],
    ['3:37-3:41 warning not-applied', 'topP'],
    ['3:46-3:50 warning not-applied', 'seed'],
  ],
  [
    'Claude 5 by its prefix',
    `model: claude/claude-opus-5\nmodelParameters:\n  temperature: 0.1\n${hi}`,
    true,
    ['3:3-3:14 warning not-applied', 'claude-opus-5'],
  ],
  [
    'an older Claude',
    `backend: claude\nmodel: claude-sonnet-4-5\nmodelParameters: {temperature: 0.1}\n${hi}`,
    true,
  ],
  [
    'effort for a Claude that has none',
    `model: claude-3-5-haiku-latest\nmodelParameters: {effort: low, temperature: 1}\n${hi}`,
    true,
    ['2:19-2:25 warning not-applied', 'does not take `effort`: it will not be sent. Remove it.'],
  ],
  [
    'a temperature for a model of OpenAI that reasons',
    `model: openai/gpt-5-mini\nmodelParameters: {temperature: 1, seed: 1}\n${hi}`,
    true,
    ['2:19-2:30 warning not-applied', 'gpt-5-mini does not take `temperature`'],
  ],
  ['and for one that does not', `model: openai/gpt-4o\nmodelParameters: {temperature: 1}\n${hi}`, true],
  [
    "parameters for the editor's models",
    `backend: copilot\nmodel: gpt-4o\nmodelParameters: {maxTokens: 5}\n${hi}`,
    true,
    ['3:19-3:28 warning not-applied', 'does not take `maxTokens`'],
  ],
  [
    'backend and prefix apart',
    `backend: ollama\nmodel: claude/x\n${hi}`,
    true,
    ['2:8-2:16 warning two-backends', '`backend` counts'],
  ],
  [
    'test data that is no list',
    `${hi}testData: {a: 1}\n`,
    false,
    ['2:11-2:17 error invalid-value', 'must be a list'],
  ],
  [
    'a case that is no mapping',
    `${hi}testData:\n  - x\n`,
    false,
    ['3:5-3:6 error invalid-value', 'must be a mapping'],
  ],
  [
    'a reference answer that the model would see',
    `${say('"{{expected}}"')}testData:\n  - {expected: a}\n`,
    true,
    ['5:5-5:18 warning unset-variable', 'not shown to the model'],
  ],
  [
    'a reference answer in capitals',
    `${hi}testData:\n  - {x: 1, expected: a}\n  - {x: 1, Expected: b}\n  - {x: 2, Expected: c}\n`,
    true,
    ['4:12-4:20 warning misspelled-expected', 'is called `expected`'],
  ],
  [
    'an unknown kind of test data',
    `${hi}testDataFile: cases.xlsx\n`,
    false,
    ['2:15-2:25 error unknown-data-format', '.csv'],
  ],
  [
    'a schema without its format',
    `${hi}responseFormat: json_schema\n`,
    false,
    ['2:17-2:28 error missing-key', 'needs `jsonSchema`'],
  ],
  [
    'a schema that is no JSON',
    `${hi}jsonSchema: "{"\n`,
    false,
    ['2:1-2:11 error invalid-json', 'not valid JSON'],
  ],
  [
    'a schema that has no effect',
    `${hi}responseFormat: text\njsonSchema: {type: object}\n`,
    true,
    ['3:1-3:11 warning no-effect', 'json_schema'],
  ],
  [
    'paths outside',
    'kind: skill\ninstructions: "{{input}}"\nfiles: [/etc/passwd, "C:\\\\x", "~/x"]\n',
    false,
    ['3:9-3:20 error path-outside-workspace', '/etc/passwd'],
    ['3:22-3:29 error path-outside-workspace', 'relative'],
    ['3:31-3:36 error path-outside-workspace', 'workspace folder'],
  ],
];

const templates: Row[] = [
  [
    'blocks',
    say('"{{#if x}} {{> part}}"'),
    false,
    ['3:15-3:24 error unsupported-template', 'not supported'],
    ['3:25-3:35 error unsupported-template', '{{{{'],
  ],
  ['no name', say('"{{}}"'), false, ['3:15-3:19 error unsupported-template', 'no variable name']],
  ['two words', say('"{{a b}}"'), false, ['3:15-3:22 error unsupported-template', '`{{a b}}`']],
  ['never closed', say('"{{a"'), false, ['3:15-3:17 error unclosed-template', '}}']],
  ['blanks, three braces, literal braces', say('"{{ a }} {{{b}}} {{{{c}} {{{{#if}}"'), true],
  [
    'single braces',
    `${say('say {topic} {other}')}variables: {topic: {}}\n`,
    true,
    ['3:18-3:25 warning single-braces', '`{{topic}}`'],
    ['4:13-4:18 information unused-variable', 'topic'],
  ],
  [
    'single braces behind an alias, where its anchor is',
    `metadata: {t: &t "say {topic}"}\nmessages: [{role: user, content: *t}]\ntestData: [{topic: x}]\n`,
    true,
    ['1:23-1:30 warning single-braces', '{{topic}}'],
  ],
  [
    'single braces of test data',
    `${say('say {topic}')}testData: [{topic: x}]\n`,
    true,
    ['3:18-3:25 warning single-braces', '{{topic}}'],
  ],
  [
    'a default outside its enum',
    `${say('"{{t}}"')}variables:\n  t: {enum: [a, b], default: c}\n`,
    false,
    ['5:30-5:31 error enum-violation', 'default'],
  ],
  [
    'a case outside its enum',
    `${say('"{{t}}"')}variables:\n  t: {enum: [a, 5]}\ntestData:\n  - t: z\n  - t: "5"\n`,
    true,
    ['7:8-7:9 warning enum-violation', 'one of a, 5'],
  ],
  [
    'a case without a value',
    `${say('"{{t}} {{u}} {{v}}"')}variables:\n  u: {required: false}\n  v: {default: 1}\ntestData:\n  - {x: 1}\n`,
    true,
    ['8:5-8:11 warning unset-variable', '`t`'],
  ],
  [
    'a name that is none',
    `${say('"{{a}}"')}variables:\n  "a b": {}\n`,
    false,
    ['5:3-5:8 error invalid-name', 'letters'],
  ],
];

const evaluators: Row[] = [
  [
    'two kinds',
    scored('{name: x, string: {contains: a}, uses: promptly/contains}'),
    false,
    ['3:38-3:42 error invalid-evaluator', '`string` and `uses`'],
  ],
  ['no kind', scored('name: x'), false, ['3:5-4:1 error invalid-evaluator', 'needs one of']],
  [
    'an unknown one',
    scored('uses: promptly/contain'),
    true,
    ['3:11-3:27 error unknown-uses', 'Did you mean `promptly/contains`?'],
  ],
  [
    'a script that is no module',
    scored('uses: ./a.js'),
    true,
    ['3:11-3:17 error unknown-uses', './name.mjs'],
  ],
  ['a script', scored('uses: ./a.mjs'), true],
  [
    'its time out',
    scored('{uses: ./a.mjs, with: {timeoutSeconds: 0}}'),
    true,
    ['3:44-3:45 error invalid-value', 'above 0'],
  ],
  ['a script in a folder above, by the other slash', scored(String.raw`uses: ..\a.mjs`), true],
  ['a script without a name', scored('uses: ./.mjs'), true, ['3:11-3:17 error unknown-uses', './name.mjs']],
  [
    'a setting that an evaluator does not have',
    scored('{uses: promptly/exact-match, with: {tolerance: 1}}'),
    true,
    ['3:41-3:50 warning unknown-key', 'no setting of `promptly/exact-match`'],
  ],
  [
    'the settings of a judge, one of them misspelt',
    scored('{uses: promptly/judge, with: {criteria: short, rubric: x, modelId: m, critera: y}}'),
    true,
    ['3:75-3:82 warning unknown-key', 'Did you mean `criteria`?'],
  ],
  ['a share of the number', scored('{uses: promptly/numeric, with: {tolerance: 0.1, relative: true}}'), true],
  [
    'neither a number nor a switch',
    scored('{uses: promptly/numeric, with: {relative: some}}'),
    true,
    ['3:47-3:51 error invalid-value', '0 or more, or `true`'],
  ],
  [
    'threshold and weight out of range',
    scored('{uses: promptly/contains, threshold: 1.5, weight: -1}'),
    false,
    ['3:42-3:45 error invalid-value', 'from 0 to 1'],
    ['3:55-3:57 error invalid-value', '0 or more'],
  ],
  ['no rule', scored('string: {}'), false, ['3:5-3:11 error missing-key', 'at least one']],
  [
    'several rules',
    scored('string: {equals: a, contains: b}'),
    true,
    ['3:25-3:33 warning several-rules', 'only at `equals`'],
  ],
  [
    'rules of which the first is empty',
    scored("string: {equals: '', contains: b}"),
    true,
    ['3:26-3:34 warning several-rules', 'only at `contains`'],
  ],
  [
    'an empty rule',
    scored("string: {contains: ' '}"),
    true,
    ['3:24-3:27 warning no-effect', 'An empty `contains` holds for every answer'],
  ],
  ['an empty answer wanted', scored("string: {equals: ''}"), true],
  [
    'an unknown flag',
    scored('string: {matches: a, flags: x}'),
    true,
    ['3:33-3:34 error invalid-pattern', '`x`'],
  ],
  [
    'a judge without choices',
    scored('llm: {prompt: "{{completion}}"}'),
    false,
    ['3:5-3:8 error missing-key', 'needs `choices`'],
  ],
  [
    'a judge that sees nothing',
    scored('llm: {prompt: hi, choices: [{choice: yes, score: 1}]}'),
    true,
    ['3:11-3:17 warning judge-without-completion', '{{completion}}'],
  ],
  [
    'a score out of range',
    scored('llm: {prompt: "{{completion}}", choices: [{choice: yes, score: 2}]}'),
    true,
    ['3:68-3:69 warning score-out-of-range', 'missing'],
  ],
  [
    'a choice twice',
    scored('llm: {prompt: "{{completion}}", choices: [{choice: a, score: 1}, {choice: A, score: 0}]}'),
    true,
    ['3:79-3:80 warning duplicate-choice', '`A`'],
  ],
  [
    'a latency without limit',
    scored('uses: promptly/latency'),
    true,
    ['3:11-3:27 error missing-key', 'maxMs'],
  ],
  ['a schema nowhere', scored('uses: promptly/json-schema'), true, ['3:11-3:31 error missing-key', 'schema']],
  [
    'an unknown setting',
    scored('{uses: promptly/numeric, with: {tolerence: 1}}'),
    true,
    ['3:37-3:46 warning unknown-key', 'Did you mean `tolerance`?'],
  ],
  [
    'weights of 0 alone',
    scored('{weight: 0, string: {contains: a}}\n  - {weight: 0, uses: promptly/rouge-l}'),
    true,
    ['2:1-2:11 warning no-effect', 'Every evaluator has the weight 0'],
  ],
  [
    'a weight of 0 beside another',
    scored('{weight: 0, string: {contains: a}}\n  - uses: promptly/rouge-l'),
    true,
  ],
  [
    'two of one name',
    scored('{name: a, uses: promptly/contains}\n  - {name: a, uses: promptly/contains}'),
    true,
    ['4:12-4:13 warning duplicate-evaluator', '`a`'],
  ],
  [
    'pairs outside an A/B test',
    scored('uses: promptly/pairwise-judge'),
    true,
    ['3:11-3:34 warning no-effect', 'abtest'],
  ],
];

const chainsAndTests: Row[] = [
  [
    'a chain without steps',
    'kind: chain\nsteps: []\n',
    false,
    ['2:1-2:6 error missing-key', 'at least one step'],
  ],
  [
    'outputs that do not exist',
    'kind: chain\nsteps:\n  - use: a\n    with: {x: "{{previous}} {{steps.b.output}} {{steps.c}}"}\n',
    false,
    ['4:16-4:28 error unknown-step', 'no previous output'],
    ['4:29-4:47 error unknown-step', '`b`'],
    ['4:48-4:59 error unknown-step', 'steps.<name>.output'],
  ],
  [
    'outputs that do',
    'kind: chain\nsteps:\n  - {use: a, name: first}\n  - use: b\n    with: {x: "{{input}} {{previous}} {{steps.first.output}}"}\n',
    true,
  ],
  [
    'two steps of one name',
    'kind: chain\nsteps:\n  - use: a\n  - {use: b, name: step-1}\n',
    false,
    ['4:20-4:26 error duplicate-step', 'step-1'],
  ],
  ['one variant', 'kind: abtest\nvariants: [a]\n', false, ['2:1-2:9 error too-few-variants', 'two or more']],
  [
    'a variant of nothing',
    'kind: abtest\nvariants: [a, {label: x}]\n',
    false,
    ['2:15-2:25 error missing-key', 'needs `prompt`'],
  ],
  [
    'a label twice',
    'kind: abtest\nvariants: [{prompt: a, label: x}, {prompt: b, label: x}]\n',
    false,
    ['2:54-2:55 error duplicate-label', '`x`'],
  ],
  [
    'weights of 0 alone where the score decides',
    'kind: abtest\nvariants: [a, b]\nevaluators: [{weight: 0, string: {contains: a}}]\n',
    true,
    ['3:1-3:11 warning no-effect', 'Every evaluator has the weight 0'],
  ],
  [
    'weights of 0 alone where something else decides',
    'kind: abtest\nvariants: [a, b]\nmetric: latency\nevaluators: [{weight: 0, string: {contains: a}}]\n',
    true,
  ],
  [
    'an unknown metric',
    'kind: abtest\nvariants: [a, b]\nmetric: qualty\nevaluators: []\n',
    false,
    ['3:9-3:15 error unknown-metric', 'Did you mean `quality`?'],
  ],
  [
    'limits out of range',
    'kind: abtest\nvariants: [a, b]\nconfidence: 2\nminEffect: 0\nrepetitions: 0\nbudget: {maxcalls: 1}\n',
    false,
    ['3:13-3:14 error invalid-value', '0.5'],
    ['4:12-4:13 error invalid-value', '0.0001 or more'],
    ['5:14-5:15 error invalid-value', 'whole number'],
    ['6:10-6:18 warning unknown-key', 'Did you mean `maxCalls`?'],
  ],
];

describe.each([
  ['YAML', yaml],
  ['keys and values', shape],
  ['templates', templates],
  ['evaluators', evaluators],
  ['chains and A/B tests', chainsAndTests],
])('%s', (_, rows) => {
  it.each(rows.map(([name, text, usable, ...findings]) => ({ name, text, usable, findings })))(
    '$name',
    ({ text, usable, findings }) => {
      expect(findingsOf(text)).toEqual(findings.map(([finding]) => finding));
      const parsed = parsePromptFile(text, 'dir/some.prompt.yml');
      findings.forEach(([, words], index) => expect(parsed.diagnostics[index]?.message).toContain(words));
      expect(parsed.file !== null).toBe(usable);
    },
  );
});

const prompt = (text: string): Prompt => {
  const { file, diagnostics } = parsePromptFile(text, 'dir/some.prompt.yml');
  if (file?.kind !== 'prompt') throw new Error(JSON.stringify(diagnostics));
  return file;
};

describe('values', () => {
  it('takes the base name where there is no name', () => {
    expect(prompt(hi).name).toBe('some');
    expect(prompt(`name: " "\n${hi}`).name).toBe('some');
    expect(parsePromptFile(hi, 'C:\\a\\b.prompt.yaml').name).toBe('b');
    expect(prompt(`name: 2024\n${hi}`).name).toBe('2024');
  });

  it('reads scalars as their source text where text is meant', () => {
    const cases = ['1.0', '0x10', '2024-01-01', 'no', 'true', '1_000', '.5', '12345678901234567890'];
    const file = prompt(
      `${hi}testData:\n${cases.map((each) => `  - {expected: ${each}}\n`).join('')}  - {expected: null}\n`,
    );
    expect(file.testData.map(({ expected }) => expected)).toEqual([...cases, undefined]);
    expect(prompt(scored('string: {equals: 1.0, contains: no, startsWith: null}')).evaluators).toMatchObject([
      { rules: { equals: '1.0', contains: 'no', startsWith: 'null' } },
    ]);
  });

  it('keeps variables of test data and defaults as what they are', () => {
    const file = prompt(
      `${say('"{{a}}{{b}}"')}variables:\n  a: {default: 5, enum: [5, 6]}\n  b: {default: [1, {x: y}]}\ntestData:\n  - {id: one, a: 6, b: {c: 1}, expected: {d: 2}}\n  - {id: one}\n`,
    );
    expect(file.variables).toEqual({
      a: { default: 5, enum: [5, 6], required: false },
      b: { default: [1, { x: 'y' }], required: false },
    });
    expect(file.testData).toEqual([
      { id: 'one', variables: { id: 'one', a: 6, b: { c: 1 } }, expected: '{"d":2}' },
      { id: 'one#2', variables: { id: 'one' } },
    ]);
  });

  it('knows the variables in use, in order', () => {
    const text = say('"{{ b }} {{{a}}} {{b}} {{{{c}}"');
    expect(parsePromptFile(text, 'x.prompt.yaml').variablesUsed).toEqual(['b', 'a']);
    const skill = 'kind: skill\ninstructions: in {{language}}\n';
    expect(parsePromptFile(skill, 'x.prompt.yaml').variablesUsed).toEqual(['language', 'input']);
  });

  it('gives each variant a label that sets it apart', () => {
    const text =
      'kind: abtest\nvariants:\n  - a\n  - {prompt: a, ref: HEAD~1}\n  - {prompt: a, model: ollama/m}\n  - a\n';
    const { file } = parsePromptFile(text, 'x.prompt.yaml');
    const labels = file?.kind === 'abtest' ? file.variants.map(({ label }) => label) : [];
    expect(labels).toEqual(['a', 'a@HEAD~1', 'a · ollama/m', 'a (2)']);
  });
});

describe('files of GitHub Models', () => {
  const fixture = (name: string) => {
    const file = path.join(import.meta.dirname, '../../../fixtures/githubModels', name);
    return parsePromptFile(readFileSync(file, 'utf8'), file);
  };
  const graded = { weight: 1, not: false };

  it('are read with every field', () => {
    const { file, diagnostics } = fixture('everyField.prompt.yml');
    expect(diagnostics).toEqual([]);
    expect(file).toEqual({
      kind: 'prompt',
      name: 'Text Summarizer',
      description: 'Summarizes input text concisely',
      tags: [],
      // The prefix is that of a backend here: any OpenAI-compatible server.
      model: 'openai/gpt-4o-mini',
      modelParameters: { temperature: 0.5, topP: 0.9, maxTokens: 400 },
      messages: [
        {
          role: 'system',
          content: 'You are a text summarizer. Your only job is to summarize text given to you.',
        },
        {
          role: 'user',
          content: 'Summarize the given text, beginning with "Summary -":\n<text>\n{{input}}\n</text>\n',
        },
        { role: 'assistant', content: 'Summary -' },
      ],
      variables: {},
      responseFormat: { type: 'text' },
      testData: [
        {
          id: 'case-1',
          variables: {
            input: 'The quick brown fox jumped over the lazy dog.\nThe dog was too tired to react.\n',
          },
          expected: 'Summary - A fox jumped over a lazy, unresponsive dog.',
        },
        { id: 'case-2', variables: { input: 42 }, expected: '1.50' },
      ],
      evaluators: [
        {
          ...graded,
          type: 'string',
          name: "Output should start with 'Summary -'",
          rules: { startsWith: 'Summary -' },
        },
        { ...graded, type: 'uses', name: 'Similarity', uses: 'github/similarity', with: {} },
        {
          ...graded,
          type: 'llm',
          name: 'judge',
          modelId: 'openai/gpt-4o',
          systemPrompt: 'You are strict.',
          prompt: 'Is this a good summary of {{input}}?\n{{completion}}\nAnswer yes or no.\n',
          choices: [
            { choice: 'yes', score: 1 },
            { choice: 'no', score: 0 },
          ],
        },
      ],
    });
  });

  it('are read with a schema as text', () => {
    const { file, diagnostics, variablesUsed } = fixture('jsonSchemaAsString.prompt.yml');
    expect(diagnostics).toEqual([]);
    expect(variablesUsed).toEqual(['animal']);
    expect(file).toMatchObject({
      name: 'Animals',
      responseFormat: {
        type: 'json_schema',
        name: 'describe_animal',
        strict: true,
        schema: {
          type: 'object',
          properties: { name: { type: 'string' } },
          additionalProperties: false,
          required: ['name'],
        },
      },
    });
  });

  it('are read with their quirks', () => {
    const { file, diagnostics } = fixture('scalarsAndQuirks.prompt.yml');
    expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([['several-rules', 'warning']]);
    expect(file).toMatchObject({
      name: '2024',
      model: 'xai/grok-3-mini',
      modelParameters: { maxTokens: 100 },
      messages: [{ role: 'user', content: '7' }],
      evaluators: [
        { rules: { contains: '5' } },
        { rules: { equals: 'no', contains: '1.0', startsWith: 'true', endsWith: '0x1F' } },
        { rules: { equals: 'null' } },
        { uses: 'github/coherence' },
        { uses: 'github/fluency' },
        { uses: 'github/relevance' },
        { uses: 'github/groundedness', compat: 'gh-models' },
        {
          choices: [
            { choice: 'no', score: 0 },
            { choice: '1', score: 1 },
            { choice: 'null', score: 0.5 },
          ],
        },
      ],
    });
  });
});

describe('a fix', () => {
  /** The text after the only fix there is. */
  const mended = (text: string): string => {
    const [fix, ...others] = parsePromptFile(text, 'a.prompt.yaml').diagnostics.flatMap(
      ({ fix }) => fix ?? [],
    );
    expect(others).toEqual([]);
    const lines = text.split('\n');
    for (const { range, newText } of fix?.edits ?? []) {
      expect(range.start.line).toBe(range.end.line);
      const line = lines[range.start.line] ?? '';
      lines[range.start.line] = line.slice(0, range.start.column) + newText + line.slice(range.end.column);
    }
    return lines.join('\n');
  };
  const declared = 'variables:\n  text: {}\n';

  it.each([
    ['the name of an evaluator', scored('uses: promptly/rogue-l'), scored('uses: promptly/rouge-l')],
    [
      'a setting of an evaluator',
      scored('{uses: promptly/numeric, with: {tolerence: 1}}'),
      scored('{uses: promptly/numeric, with: {tolerance: 1}}'),
    ],
    [
      'a variable, at its first use',
      say('"{{text}} and {{txt}}, {{ txt }}"') + declared,
      say('"{{text}} and {{text}}, {{ txt }}"') + declared,
    ],
  ])('puts right %s', (_, text, wanted) => {
    expect(mended(text)).toBe(wanted);
  });

  it('is not offered where the exact place is hidden by escapes', () => {
    const [finding] = parsePromptFile(say('"{{text}} {{\\x74xt}}"') + declared, 'a.prompt.yaml').diagnostics;
    expect(finding?.code).toBe('undeclared-variable');
    expect(finding?.fix).toBeUndefined();
  });
});
