import path from 'node:path';
import { expect, test } from 'vitest';
import {
  rebaseSetup,
  relativeReference,
} from '../../../../../../src/hosts/vscode/panel/setup/rebaseSetup.ts';

const root = path.resolve('/work');
const value = {
  kind: 'abtest',
  variants: ['by-name', './a.prompt.yaml', { prompt: '../b.prompt.yaml', ref: 'HEAD' }, { prompt: 'named' }],
  testDataFile: 'data/cases.csv',
  evaluators: [{ uses: './score.mjs' }, { uses: 'promptly/contains' }, { string: { contains: 'x' } }],
};

test('a test that is written to another folder means the same files', () => {
  expect(rebaseSetup(value, path.join(root, 'prompts'), path.join(root, 'tests', 'ab'))).toEqual({
    kind: 'abtest',
    variants: [
      'by-name',
      '../../prompts/a.prompt.yaml',
      { prompt: '../../b.prompt.yaml', ref: 'HEAD' },
      { prompt: 'named' },
    ],
    testDataFile: '../../prompts/data/cases.csv',
    evaluators: [
      { uses: '../../prompts/score.mjs' },
      { uses: 'promptly/contains' },
      { string: { contains: 'x' } },
    ],
  });
});

test('in the same folder nothing changes', () => {
  expect(rebaseSetup(value, root, root)).toBe(value);
});

test('paths begin with a dot and have slashes', () => {
  expect(relativeReference(path.join(root, 'x', 'a.prompt.yaml'), root)).toBe('./x/a.prompt.yaml');
  expect(relativeReference(path.join(root, 'a.prompt.yaml'), path.join(root, 'x'))).toBe('../a.prompt.yaml');
});
