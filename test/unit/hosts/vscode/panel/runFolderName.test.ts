import { expect, test } from 'vitest';
import { runIdOf } from '../../../../../src/core/pipeline/runIdOf.ts';
import { readRunFolderName } from '../../../../../src/hosts/vscode/panel/runFolderName.ts';

test('a run folder tells its name and when it began', () => {
  expect(readRunFolderName(runIdOf('2026-11-23T01:55:10.123Z', 'Short or careful?'))).toEqual({
    name: 'short-or-careful',
    startedAt: '2026-11-23T01:55:10Z',
  });
  expect(readRunFolderName('by-hand')).toEqual({ name: 'by-hand', startedAt: null });
});
