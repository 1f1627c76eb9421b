import { expect, test } from 'vitest';
import { outlinePromptFile, parsePromptFile } from '../../../../../src/core/pipeline/language.ts';
import { groupsOf, partsOf } from '../../../../../src/hosts/vscode/views/promptNodes.ts';

const uri = { path: '/w/a.prompt.yaml' } as unknown as Parameters<typeof partsOf>[0];
const parts = (text: string) =>
  partsOf(uri, outlinePromptFile(text, 'a.prompt.yaml'), parsePromptFile(text, 'a.prompt.yaml')).map(
    ({ part, name, index, inputs }) => ({ part, name, index, inputs }),
  );

test('groups are the kinds there are, in their order, each with its count', () => {
  const files = (['abtest', 'prompt', 'prompt'] as const).map((kind) => ({
    header: { kind, name: 'a', tags: [] },
  }));
  expect(groupsOf(files).map(({ kind, count }) => [kind, count])).toEqual([
    ['prompt', 2],
    ['abtest', 1],
  ]);
  expect(groupsOf([])).toEqual([]);
});

test('a test case runs with its values; a data file is a place to go', () => {
  const text =
    'messages:\n  - role: user\n    content: "{{a}}"\ntestDataFile: ./more.csv\ntestData:\n  - { id: one, a: 1 }\n  - a: 2\n    expected: x\n';
  expect(parts(text)).toEqual([
    { part: 'data-file', name: './more.csv', index: 1, inputs: undefined },
    { part: 'case', name: 'one', index: 0, inputs: { id: 'one', a: 1 } },
    { part: 'case', name: 'case-2', index: 1, inputs: { a: 2 } },
  ]);
});

test('cases of an A/B test, and of a file with errors, cannot be run by themselves', () => {
  const abTest = 'kind: abtest\nvariants: [a, b]\ntestData:\n  - x: 1\n';
  expect(parts(abTest).map(({ part, inputs }) => [part, inputs])).toEqual([
    ['variant', undefined],
    ['variant', undefined],
    ['case', undefined],
  ]);
  expect(parts('messages: 5\ntestData:\n  - x: 1\n')).toMatchObject([{ part: 'case', inputs: undefined }]);
});
