import type { Score } from '../domain/score.ts';
import { positiveMedian } from '../statistics/metricRatio.ts';
import { caseMean, groupRow } from './caseMeans.ts';
import type { CaseValues } from './evidence.ts';
import type { ExperimentSetup, ScoredCase } from './experimentSetup.ts';

/** The number of a score; null when it is missing. */
export function scoreValue(score: Score): number | null {
  return score.status === 'measured' ? score.value : null;
}

/**
 * One row of values, a variant each, of the cases that count as one (a single case, or a group). Values are turned so
 * that higher is better.
 *
 * @throws RangeError for a score outside 0..1, or for a case that has not one list of scores per variant
 */
export function pairScores(unit: readonly ScoredCase[], { metric, variants }: ExperimentSetup): CaseValues {
  for (const { id, scores } of unit) {
    if (scores.length !== variants.length) {
      throw new RangeError(`case ${id} has scores of ${scores.length} variants, not ${variants.length}`);
    }
  }
  const rows = unit.map(({ scores }) => variants.map((_, v) => caseValue(scores[v] ?? [], metric)));
  return groupRow(rows, variants.length);
}

function caseValue(
  repetitions: readonly Score[],
  { scale, direction }: ExperimentSetup['metric'],
): number | null {
  const values = repetitions.map(scoreValue);
  if (scale === 'unit') {
    const value = caseMean(values);
    return value === null || direction === 'higher' ? value : 1 - value;
  }
  const value = positiveMedian(values);
  if (value === null) return null;
  return direction === 'higher' ? Math.log(value) : -Math.log(value);
}
