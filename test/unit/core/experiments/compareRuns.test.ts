import { describe, expect, it } from 'vitest';
import { compareRuns } from '../../../../src/core/experiments/compareRuns.ts';
import type { ScoredRun } from '../../../../src/core/experiments/compareRuns.ts';
import { casesFrom, setupOf } from '../../../support/scoredCases.ts';
import type { RawScores } from '../../../support/scoredCases.ts';

const setup = setupOf([]);
const run = (labels: readonly string[], ...scores: RawScores[]): ScoredRun => ({
  variants: setupOf(labels).variants,
  cases: casesFrom(...scores),
});

describe('compareRuns', () => {
  it('tells case by case what got better and what got worse', () => {
    const before = run(['A'], [1, 0, 0.5, 1, null]);
    const after = run(['A'], [1, 1, 0.25, null, 1, 1]);
    const [variant] = compareRuns(before, after, setup).variants;
    expect(variant?.changes.map(({ caseId, kind }) => `${caseId} ${kind}`)).toEqual([
      'case-1 same',
      'case-2 better',
      'case-3 worse',
      'case-4 unscored',
      'case-5 unscored',
      'case-6 added',
    ]);
    expect(variant?.changes[2]).toMatchObject({ before: 0.5, after: 0.25 });
    expect(variant?.counts).toEqual({ better: 1, worse: 1, same: 1, added: 1, removed: 0, unscored: 2 });
    expect(variant?.sentence).toBe(
      '1 better, 1 worse, 1 the same, 1 new, 2 without a score. Nothing that could not be chance.',
    );
  });

  it('matches cases by id, not by place', () => {
    const before = run(['A'], [1, 0, 1]);
    const after = { ...before, cases: before.cases.toReversed().slice(1) };
    const [variant] = compareRuns(before, after, setup).variants;
    expect(variant?.counts).toMatchObject({ same: 2, removed: 1, better: 0, worse: 0 });
  });

  it('finds a real regression', () => {
    const [variant] = compareRuns(
      run(['A'], new Array<number>(20).fill(1)),
      run(['A'], new Array<number>(20).fill(0.5)),
      setup,
    ).variants;
    expect(variant?.comparison.comparisons[0]).toMatchObject({
      better: 'before',
      surelyBetter: 'before',
      losses: 20,
    });
    expect(variant?.sentence).toMatch(
      /^0 better, 20 worse, 0 the same\. Worse than before, confidence 99\.9%/,
    );
  });

  it('names the variants that only one run has', () => {
    const compared = compareRuns(run(['A', 'B'], [1], [1]), run(['B', 'C'], [1], [0]), setup);
    expect(compared.variants.map(({ id }) => id)).toEqual(['b']);
    expect(compared).toMatchObject({ onlyBefore: ['a'], onlyAfter: ['c'] });
  });
});
