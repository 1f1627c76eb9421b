import { expect, it } from 'vitest';
import { compareVariants } from '../../../../src/core/experiments/compareVariants.ts';
import { warnOfTooFewCases } from '../../../../src/core/experiments/warnOfTooFewCases.ts';
import { casesFrom, setupOf } from '../../../support/scoredCases.ts';

it('warns before the run that too few cases cannot make a winner', () => {
  expect(warnOfTooFewCases(5, 0.95, 'fixed')).toBe(
    '5 cases cannot make a winner at 95% confidence: at least 6 that differ are needed.',
  );
  expect(warnOfTooFewCases(6, 0.95, 'live')).toBeNull();
  expect(warnOfTooFewCases(1, 0.9, 'live')).toContain('1 case cannot make a winner at 90%');
});

it('warns exactly where a clean sweep does not win, at whatever confidence', () => {
  for (const mode of ['fixed', 'live'] as const) {
    for (const confidenceLevel of [0.5, 0.75, 0.8, 0.9, 0.95, 0.965, 0.99, 0.999, 0.9999]) {
      for (let n = 1; n <= 17; n += 1) {
        const design = mode === 'fixed' ? ({ mode } as const) : ({ mode, horizons: [n] } as const);
        const sweep = casesFrom(new Array<number>(n).fill(0), new Array<number>(n).fill(1));
        const { verdict } = compareVariants(setupOf(['A', 'B'], { confidenceLevel, design }), sweep);
        const wins = verdict.outcome === 'winner';
        const asked = { mode, confidenceLevel, n };
        expect({ ...asked, warned: warnOfTooFewCases(n, confidenceLevel, mode) !== null }).toEqual({
          ...asked,
          warned: !wins,
        });
        if (!wins)
          expect({ ...asked, reason: verdict.reason }).toEqual({ ...asked, reason: 'too_few_cases' });
      }
    }
  }
});
