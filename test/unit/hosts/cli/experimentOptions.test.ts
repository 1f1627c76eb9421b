import { expect, test } from 'vitest';
import { readOverrides } from '../../../../src/hosts/cli/experimentOptions.ts';
import { comparisonOptions, runOptions } from '../../../../src/hosts/cli/optionTable.ts';
import { parseArguments } from '../../../../src/hosts/cli/parseArguments.ts';

const overridesOf = (...args: string[]) =>
  readOverrides(parseArguments(args, { ...runOptions, ...comparisonOptions }));

test('a confidence that no number of cases can make is refused in words, as in a file', () => {
  expect(overridesOf('--confidence', '0.9999')).toEqual({ confidence: 0.9999 });
  for (const confidence of ['1', '0.99999999999', '95']) {
    expect(() => overridesOf('--confidence', confidence)).toThrow(
      `--confidence takes a number from 0.5 to 0.9999; not '${confidence}'`,
    );
  }
});
