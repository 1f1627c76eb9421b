import { expect, it } from 'vitest';
import { warnOfTooFewCases } from '../../../../src/core/experiments/warnOfTooFewCases.ts';

it('warns before the run that too few cases cannot make a winner', () => {
  expect(warnOfTooFewCases(5, 0.95)).toBe(
    '5 cases cannot make a winner at 95% confidence: at least 6 that differ are needed.',
  );
  expect(warnOfTooFewCases(6, 0.95)).toBeNull();
  expect(warnOfTooFewCases(1, 0.9)).toContain('1 case cannot make a winner at 90%');
});
