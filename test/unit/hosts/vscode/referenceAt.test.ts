import { expect, test } from 'vitest';
import { parsePromptFile } from '../../../../src/core/formats/parsePromptFile.ts';
import { isPath, referenceAt, referencesOf } from '../../../../src/hosts/vscode/referenceAt.ts';

test('finds what a skill and a chain refer to', () => {
  const skill = parsePromptFile(
    'kind: skill\ninstructions: x\nfiles:\n  - a.md\n  - docs/b.md\n',
    '/w/s.prompt.yaml',
  );
  expect(referencesOf(skill).map(({ target }) => target)).toEqual(['a.md', 'docs/b.md']);
  expect(referenceAt(skill, { line: 4, column: 6 })?.target).toBe('docs/b.md');
  expect(referenceAt(skill, { line: 1, column: 3 })).toBeUndefined();
  const chain = parsePromptFile(
    'kind: chain\nsteps:\n  - use: one\n  - use: ./two.prompt.yaml\n',
    '/w/c.prompt.yaml',
  );
  expect(referenceAt(chain, { line: 2, column: 10 })).toMatchObject({ target: 'one', kind: 'prompt' });
});

test.each([
  ['./a.prompt.yaml', true],
  ['sub/a.prompt.yml', true],
  ['a.prompt.yaml', true],
  ['summarizer_v1', false],
  ['my prompt', false],
])('%s is a path: %s', (target, expected) => {
  expect(isPath(target)).toBe(expected);
});
