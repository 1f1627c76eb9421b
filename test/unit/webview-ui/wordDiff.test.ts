import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wordDiff } from '../../../webview-ui/wordDiff.ts';

test('both texts can be put together again from a diff', () => {
  const word = fc.constantFrom('a', 'late', 'order', '\n', ' ', '.', 'é', '🙂', 'refund');
  const text = fc.array(word, { maxLength: 40 }).map((words) => words.join(' '));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const parts = wordDiff(before, after);
      if (parts === null) return;
      const join = (without: string): string =>
        parts
          .filter(({ kind }) => kind !== without)
          .map((part) => part.text)
          .join('');
      expect(join('added')).toBe(before);
      expect(join('removed')).toBe(after);
    }),
  );
});

test('only the word that changed is marked', () => {
  expect(wordDiff('the late order', 'the early order')?.filter(({ kind }) => kind !== 'same')).toEqual([
    { text: 'late', kind: 'removed' },
    { text: 'early', kind: 'added' },
  ]);
});

test('long texts without anything in common are given up rather than waited for', () => {
  const long = (letter: string): string =>
    Array.from({ length: 20_000 }, (_, at) => `${letter}${at}`).join(' ');
  const startedMs = performance.now();
  expect(wordDiff(long('a'), long('b'))).toBeNull();
  expect(performance.now() - startedMs).toBeLessThan(5000);
});
