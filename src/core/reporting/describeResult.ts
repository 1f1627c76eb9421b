import { nothingToWeigh } from '../domain/evaluation.ts';
import type { ReportedResult } from '../domain/report.ts';

export type ResultState = 'passed' | 'failed' | 'error';

export function stateOf(result: ReportedResult): ResultState {
  if (result.failure !== null || result.passed === null) return 'error';
  return result.passed ? 'passed' : 'failed';
}

/** Why a result did not pass, one reason a line; empty when it did. */
export function reasonsOf(result: ReportedResult): string[] {
  if (result.failure !== null)
    return [`${result.failure.code}: ${result.failure.message}`, result.failure.hint];
  const reasons = result.evaluations
    .filter(({ passed }) => passed !== true)
    .map(({ name, score, reason }) => {
      const value = score === null ? 'no score' : `score ${Number(score.toFixed(3))}`;
      return `${name}: ${value}${reason === null ? '' : `, ${reason}`}`;
    });
  return isUnweighed(result) ? [...reasons, nothingToWeigh] : reasons;
}

/** Has scores, of which none counts. */
export const isUnweighed = ({ failure, passed, evaluations }: ReportedResult): boolean =>
  failure === null &&
  passed === null &&
  evaluations.length > 0 &&
  evaluations.every(({ score }) => score !== null);
