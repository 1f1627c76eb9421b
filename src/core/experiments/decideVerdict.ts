import type { VerdictOutcome, VerdictReason } from '../domain/verdict.ts';
import { differenceInterval } from '../statistics/differenceInterval.ts';
import { casesToWin } from './casesToWin.ts';
import { differenceBound } from './decisionRule.ts';
import { pairsOf } from './evidence.ts';
import type { Evidence } from './evidence.ts';
import { survivesMissingData } from './missingData.ts';
import { isAtHorizon, isConfident } from './stoppingRule.ts';

export interface Decision {
  readonly outcome: VerdictOutcome;
  readonly winner: number | null;
  readonly reason: VerdictReason | null;
}

/** The winner rule. `canStop` as `mayStop` says. */
export function decideVerdict(
  evidence: Evidence,
  leader: number | null,
  confidence: number,
  canStop: boolean,
): Decision {
  if (evidence.usable.length === 0) return { outcome: 'not_enough_data', winner: null, reason: null };
  const atEnd = isAtHorizon(evidence);
  const confident = leader !== null && isConfident(evidence, confidence);
  const missingSpoils = confident && !survivesMissingData(evidence, leader);
  if (confident && !missingSpoils && (atEnd || canStop)) {
    return { outcome: 'winner', winner: leader, reason: null };
  }
  if (atEnd && areEquivalent(evidence, leader)) return { outcome: 'equivalent', winner: null, reason: null };
  if (!atEnd && !wasEnded(evidence)) return { outcome: 'running', winner: null, reason: null };
  return { outcome: 'no_clear_winner', winner: null, reason: reasonForNone(evidence, missingSpoils) };
}

/** Ended before its plan was through. */
function wasEnded({ design }: Evidence): boolean {
  return design.mode === 'live' && design.ended === true;
}

function reasonForNone({ usable, rule, design }: Evidence, missingSpoils: boolean): VerdictReason {
  if (missingSpoils) return 'missing_data';
  return usable.length < casesToWin(rule.alpha, design) ? 'too_few_cases' : 'inconclusive';
}

/**
 * Is every difference from the leader certainly smaller than the smallest worth having? The pseudo-differences are full
 * ones here, so identical outputs prove nothing before 56 cases at a margin of 5 points.
 */
function areEquivalent(evidence: Evidence, leader: number | null): boolean {
  const { variants, pairs, rule } = evidence;
  const compared = leader === null ? pairs : pairsOf(evidence, leader).map(({ pair }) => pair);
  if (compared.length === 0 || (leader === null && variants !== 2)) return false;
  return compared.every(({ differences }) => {
    const bound = differenceBound[rule.scale];
    const { low, high } = differenceInterval(differences, { alpha: rule.alpha, pseudo: 1, bound });
    return low >= -rule.equivalenceMargin && high <= rule.equivalenceMargin;
  });
}
