import { expect, test } from 'vitest';
import type { PromptFile } from '../../../../../src/core/domain/promptFile.ts';
import { parsePromptFile } from '../../../../../src/core/pipeline/language.ts';
import { inputQuestions, offeredCases } from '../../../../../src/hosts/vscode/inputs/inputQuestions.ts';

const fileOf = (text: string): PromptFile => {
  const { file, diagnostics } = parsePromptFile(text, '/w/x.prompt.yaml');
  if (file === null) throw new Error(JSON.stringify(diagnostics));
  return file;
};

const prompt = fileOf(`
messages:
  - role: user
    content: "{{a}} {{b}} {{c}} {{a}} {{f}}"
variables:
  b: {default: 3, description: How many}
  c: {enum: [x, y], required: false}
  f: {file: notes.txt}
testData:
  - {a: 1, expected: one}
evaluators:
  - name: judge
    llm: {modelId: m, prompt: "{{completion}}", choices: [{choice: "yes", score: 1}]}
`);

test('asks in order of first use, with presets and choices, and not for files or evaluators', () => {
  expect(inputQuestions(prompt)).toEqual([
    { name: 'a', optional: false },
    { name: 'b', description: 'How many', preset: '3', optional: expect.any(Boolean) as boolean },
    { name: 'c', choices: ['x', 'y'], optional: true },
  ]);
});

test('offers the cases that answer something', () => {
  expect(offeredCases(prompt, inputQuestions(prompt)).length).toBe(1);
  expect(offeredCases(prompt, [])).toEqual([]);
});

test('a skill without messages asks for its input', () => {
  const skill = fileOf('kind: skill\nname: s\ninstructions: Help.\n');
  expect(inputQuestions(skill).map(({ name }) => name)).toEqual(['input']);
});

test('a chain asks for its input and for what its steps name, not for what steps give', () => {
  const chain = fileOf(
    'kind: chain\nname: c\nsteps:\n  - use: one\n  - use: two\n    with: {text: "{{previous}} {{tone}} {{steps.step-1.output}}"}\n',
  );
  expect(inputQuestions(chain).map(({ name }) => name)).toEqual(['input', 'tone']);
});
