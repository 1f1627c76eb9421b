import { expect, test } from 'vitest';
import type { FileHeader } from '../../../../src/core/domain/parsedFile.ts';
import { PromptTable } from '../../../../src/hosts/vscode/promptTable.ts';

const header = (name: string, tags: string[] = []): FileHeader => ({ kind: 'prompt', name, tags });

test('finds by name, and forgets a name when its file is renamed or goes', () => {
  const table = new PromptTable<number>();
  expect(table.set('a', header('one'), 1)).toBe(true);
  expect(table.set('b', header('one'), 2)).toBe(true);
  expect(table.named('one').map((entry) => entry.place)).toEqual([1, 2]);
  expect(table.duplicates()).toHaveLength(1);
  table.set('b', header('two'), 2);
  expect(table.duplicates()).toEqual([]);
  expect(table.all().map((entry) => entry.header.name)).toEqual(['one', 'two']);
  expect(table.delete('a')).toBe(true);
  expect(table.named('one')).toEqual([]);
  expect(table.delete('a')).toBe(false);
});

test('tells whether anything changed', () => {
  const table = new PromptTable<number>();
  table.set('a', header('one', ['x']), 1);
  expect(table.set('a', header('one', ['x']), 1)).toBe(false);
  expect(table.set('a', header('one', ['y']), 1)).toBe(true);
});
