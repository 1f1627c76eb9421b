import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyToValue } from '../../../../src/core/formats/edit/applyToValue.ts';
import type { JsonObject } from '../../../../src/core/domain/json.ts';
import type { SetupEdit } from '../../../../src/protocol/setup.ts';
import { joinEdits, reduceSetup, showSetup } from '../../../../webview-ui/state/reduceSetup.ts';
import {
  fieldText,
  jsonCodec,
  numberCodec,
  problemAt,
  textCodec,
} from '../../../../webview-ui/state/setupFields.ts';
import { sampleSetup } from '../../../support/panel/sampleSetup.ts';

const set = (path: (string | number)[], value: string | number): SetupEdit => ({ type: 'set', path, value });
const started = showSetup(null, sampleSetup);

describe('edits on top of what the host said', () => {
  const edited = reduceSetup(started, { type: 'edited', serial: 5, edits: [set(['confidence'], 0.9)] });

  test('an edit is shown at once, and stays until the host shows it back', () => {
    expect(edited.value['confidence']).toBe(0.9);
    const before = showSetup(edited, { ...sampleSetup, acknowledged: 4 });
    expect(before.value['confidence']).toBe(0.9);
    const value = { ...sampleSetup.value, confidence: 0.8 };
    const after = showSetup(before, { ...sampleSetup, value, acknowledged: 5 });
    expect(after.value['confidence']).toBe(0.8);
    expect(after.pending).toEqual([]);
  });

  test('what changes in the file meanwhile is shown beside it', () => {
    const value = { ...sampleSetup.value, description: 'new' };
    const both = showSetup(edited, { ...sampleSetup, value });
    expect(both.value).toMatchObject({ description: 'new', confidence: 0.9 });
  });

  test('an edit without a place any more is left out', () => {
    const last = reduceSetup(started, {
      type: 'edited',
      serial: 6,
      edits: [set(['variants', 2, 'label'], 'x')],
    });
    const value: JsonObject = { ...sampleSetup.value, variants: 'none' };
    expect(showSetup(last, { ...sampleSetup, value }).value).toEqual(value);
  });

  test('one that was refused takes the others along', () => {
    const refused = showSetup(edited, { ...sampleSetup, refused: 'No.', acknowledged: 4 });
    expect(refused.value).toEqual(sampleSetup.value);
  });

  test('another test begins anew, and a locked form takes nothing', () => {
    expect(showSetup(edited, { ...sampleSetup, source: 'file:///other' }).pending).toEqual([]);
    const locked = showSetup(started, {
      ...sampleSetup,
      lock: { message: 'It runs.', startable: false, place: null },
    });
    expect(reduceSetup(locked, { type: 'edited', serial: 9, edits: [set(['name'], 'x')] })).toBe(locked);
  });
});

test('joined edits do what all of them do', () => {
  const step = fc.constantFrom('a', 'b', 0, 1);
  const path = fc.array(step, { minLength: 1, maxLength: 2 });
  const edit: fc.Arbitrary<SetupEdit> = fc.oneof(
    fc.record({ type: fc.constant('set' as const), path, value: fc.integer() }),
    fc.record({
      type: fc.constant('append' as const),
      path,
      values: fc.array(fc.integer(), { maxLength: 2 }),
    }),
    fc.record({ type: fc.constant('remove' as const), path }),
  );
  const applyAll = (edits: readonly SetupEdit[]): unknown =>
    edits.reduce<JsonObject[string] | null>((value, each) => {
      const applied = value === null ? { problem: [] } : applyToValue(value, each);
      return 'value' in applied ? applied.value : null;
    }, {});
  fc.assert(
    fc.property(fc.array(edit), (edits) => {
      const whole = applyAll(edits);
      // What cannot be done at all is refused as a whole by the host; only what can be done must come out alike.
      if (whole !== null) expect(applyAll(joinEdits(edits))).toEqual(whole);
    }),
    { numRuns: 1_000 },
  );
  expect(joinEdits([set(['name'], 'a'), set(['name'], 'ab'), set(['name'], 'abc')])).toEqual([
    set(['name'], 'abc'),
  ]);
});

describe('fields', () => {
  test.each([
    ['0.', 0],
    ['1e-2', 0.01],
    ['', undefined],
    ['many', 'many'],
    ['0x10', 16],
  ])('the number %j means %j', (text, value) => expect(numberCodec.read(text)).toBe(value));

  test('what was typed stays as long as it means what the value is', () => {
    const typed = { path: ['confidence'], text: '0.90' };
    const edits = [set(['confidence'], 0.9)];
    const state = reduceSetup(started, { type: 'edited', serial: 1, edits, typed });
    expect(fieldText(state, ['confidence'], numberCodec)).toBe('0.90');
    const value = { ...sampleSetup.value, confidence: 0.7 };
    const changed = showSetup(state, { ...sampleSetup, value, acknowledged: 1 });
    expect(fieldText(changed, ['confidence'], numberCodec)).toBe('0.7');
  });

  test('every value is read as it was written', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const given = value as JsonObject[string];
        if (typeof given === 'object' && given !== null) {
          expect(jsonCodec.read(jsonCodec.write(given))).toEqual(JSON.parse(JSON.stringify(given)));
        }
        if (typeof given === 'number')
          expect(numberCodec.read(numberCodec.write(given))).toEqual(JSON.parse(JSON.stringify(given)));
        if (typeof given === 'string' && given.trim() !== '')
          expect(textCodec.read(textCodec.write(given))).toBe(given);
      }),
    );
  });

  test('the worst finding of a part is the one to show', () => {
    const problem = (severity: 'error' | 'warning', ...path: (string | number)[]) =>
      ({ path, severity, message: severity, place: '' }) as const;
    const problems = [problem('warning', 'variants', 0), problem('error', 'variants', 0, 'prompt')];
    expect(problemAt(problems, ['variants', 0])?.severity).toBe('warning');
    expect(problemAt(problems, ['variants', 0], true)?.severity).toBe('error');
    expect(problemAt(problems, ['variants', 1], true)).toBeUndefined();
  });
});
