import { expect, test } from 'vitest';
import { createComparer } from '../../../../../src/core/pipeline/experiments/comparer.ts';
import { casesFrom, gradedScores, setupOf } from '../../../../support/scoredCases.ts';

const labels = ['A', 'B', 'C'];

test('the line of progress says after every case what the whole comparison would', async () => {
  const scores: (number | null)[][] = gradedScores(7, 60, [0, 0.02, 0.2]);
  // Dropped: one of the variants has no score.
  scores[1]![4] = null;
  const experiment = setupOf(labels, { design: { mode: 'live', horizons: [60] } });
  const comparer = createComparer({ experiment, stopEarly: false });
  const leaders = new Set<string | null>();
  let surest = 0;
  for (const unit of casesFrom(...scores)) {
    const { standing } = await comparer.push([unit]);
    const verdict = (await comparer.comparison(false))?.verdict;
    expect(standing?.leader ?? null).toBe(verdict?.leader);
    expect(standing?.confidence ?? null).toBe(verdict?.confidence);
    leaders.add(standing?.leader ?? null);
    surest = Math.max(surest, standing?.confidence ?? 0);
  }
  expect(leaders.has('c')).toBe(true);
  expect(surest).toBeGreaterThan(0.95);
});

test('where nothing may be said before the end, nobody leads before it', async () => {
  const comparer = createComparer({ experiment: setupOf(labels), stopEarly: false });
  for (const unit of casesFrom(...gradedScores(7, 30, [0, 0.1, 0.3]))) {
    expect(await comparer.push([unit])).toMatchObject({ standing: null, canStop: false });
  }
  expect(await comparer.comparison(true)).toMatchObject({ verdict: { winner: 'c' } });
});
