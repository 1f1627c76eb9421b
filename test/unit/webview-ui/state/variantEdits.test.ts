import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonObject } from '../../../../src/core/domain/json.ts';
import type { SetupEdit } from '../../../../src/protocol/setup.ts';
import { reduceSetup, showSetup } from '../../../../webview-ui/state/reduceSetup.ts';
import { fieldEdit, linesCodec, numberCodec } from '../../../../webview-ui/state/setupFields.ts';
import { sampleSetup } from '../../../support/panel/sampleSetup.ts';
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

test('texts are written one a line and read back as they were', () => {
  const text = fc.oneof(fc.string(), fc.constantFrom('', '\n', '\n\n', '"', '"a"', ' x ', '###', 'END\r'));
  fc.assert(
    fc.property(fc.oneof(text, fc.array(text, { minLength: 2 })), (value) => {
      expect(linesCodec.read(linesCodec.write(value))).toEqual(value);
    }),
  );
  expect(linesCodec.read('')).toBeUndefined();
  expect(linesCodec.write(undefined)).toBe('');
  expect(linesCodec.read('"half')).toBe('"half');
});

/** What the form has no field for, or a field that is not touched. */
const parameters = fc.record(
  {
    temperature: fc.double({ min: 0, max: 2, noNaN: true }),
    stop: fc.oneof(fc.string(), fc.array(fc.string())),
    thinking: fc.constantFrom(true, false, 'low', 'medium', 'high'),
    options: fc.dictionary(fc.string(), fc.jsonValue() as fc.Arbitrary<string>),
    maxCompletionTokens: fc.nat(),
    somethingNew: fc.jsonValue() as fc.Arbitrary<string>,
  },
  { requiredKeys: [] },
);

test('whatever else a variant says stays, whatever is edited beside it', () => {
  fc.assert(
    fc.property(parameters, fc.string(), (given, typed) => {
      const variant: JsonObject = { prompt: 'a', modelParameters: given, note: 'ours' };
      const value: JsonObject = { kind: 'abtest', variants: [variant, 'b'] };
      const after = (...edits: readonly SetupEdit[]): JsonObject => {
        const shown = showSetup(null, { ...sampleSetup, value });
        return reduceSetup(shown, { type: 'edited', serial: 1, edits }).value;
      };
      const path = ['variants', 0, 'modelParameters', 'temperature'];
      const edited = after(...variantEdits(value, 0, fieldEdit(path, typed, numberCodec)));
      const rest = Object.fromEntries(Object.entries(given).filter(([key]) => key !== 'temperature'));
      expect(edited['variants']).toMatchObject([{ prompt: 'a', modelParameters: rest, note: 'ours' }, 'b']);
      const copied = after(duplicateVariant(value, 0));
      expect(copied['variants']).toMatchObject([variant, { ...variant, label: 'copy' }, 'b']);
      expect(after(moveItem(['variants'], [variant, 'b'], 0, 1))['variants']).toEqual(['b', variant]);
    }),
  );
});
