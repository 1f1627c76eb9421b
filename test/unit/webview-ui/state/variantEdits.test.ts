import { expect, test } from 'vitest';
import { duplicateVariant, moveItem, variantEdits } from '../../../../webview-ui/state/variantEdits.ts';
import { choicesCodec } from '../../../../webview-ui/state/judgeChoices.ts';

test('a copy stands after its original, under a label that nobody has', () => {
  const value = { variants: [{ prompt: 'a', label: 'A' }, { prompt: 'a', label: 'A copy' }, 'b'] };
  const labelOf = (index: number): unknown => {
    const edit = duplicateVariant(value, index);
    return edit.type === 'set' ? (edit.value as { label?: string }[])[index + 1]?.label : null;
  };
  expect(labelOf(0)).toBe('A copy 2');
  expect(labelOf(2)).toBe('copy');
});

test('a bare name becomes a mapping when it gets more, and stays bare when something is taken away', () => {
  const value = { variants: ['a', { prompt: 'b' }] };
  const label = { type: 'set', path: ['variants', 0, 'label'], value: 'A' } as const;
  expect(variantEdits(value, 0, label)).toEqual([
    { type: 'set', path: ['variants', 0], value: { prompt: 'a' } },
    label,
  ]);
  expect(variantEdits(value, 0, { type: 'remove', path: ['variants', 0, 'label'] })).toEqual([]);
  const second = { ...label, path: ['variants', 1, 'label'] };
  expect(variantEdits(value, 1, second)).toEqual([second]);
});

test('neighbours change places', () => {
  expect(moveItem(['variants'], ['a', 'b', 'c'], 1, 1)).toMatchObject({ value: ['a', 'c', 'b'] });
  expect(moveItem(['variants'], ['a', 'b', 'c'], 1, -1)).toMatchObject({ value: ['b', 'a', 'c'] });
});

test("a judge's answers are lines; what is no number is kept for the file to complain about", () => {
  const choices = [
    { choice: 'a = b', score: 1 },
    { choice: 'no', score: 0 },
  ];
  expect(choicesCodec.write(choices)).toBe('a = b = 1\nno = 0');
  expect(choicesCodec.read('a = b = 1\n\nno = 0')).toEqual(choices);
  expect(choicesCodec.read('perhaps = some')).toEqual([{ choice: 'perhaps', score: 'some' }]);
  expect(choicesCodec.read(' ')).toBeUndefined();
});
