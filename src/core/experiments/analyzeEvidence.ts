import type { VerdictOutcome, VerdictReason } from '../domain/verdict.ts';
import { alignInterval, differenceInterval } from '../statistics/differenceInterval.ts';
import type { Interval } from '../statistics/differenceInterval.ts';
import { differencePosterior, regularisedSd } from '../statistics/differencePosterior.ts';
import { holm } from '../statistics/holm.ts';
import { mean } from '../statistics/moments.ts';
import { sampleSize } from '../statistics/sampleSize.ts';
import { decideVerdict } from './decideVerdict.ts';
import { differenceBound } from './decisionRule.ts';
import { findLeader, leaderConfidence, pairsOf, survivesLosses, variantMeans } from './evidence.ts';
import type { Evidence, PairEvidence } from './evidence.ts';
import { estimateVariant } from './estimateVariant.ts';
import type { VariantEstimate } from './estimateVariant.ts';
import { isConfident, mayStop, planningStage } from './stoppingRule.ts';

/** One pair, a < b by index. */
export interface PairAnalysis {
  readonly a: number;
  readonly b: number;
  /** Mean of a minus b; null without usable cases. */
  readonly difference: number | null;
  readonly interval: Interval;
  readonly pValue: number;
  /** Holm over all pairs: for the reader of the table, not for the winner. */
  readonly adjustedPValue: number;
  readonly wins: number;
  readonly losses: number;
  readonly ties: number;
  /** Side ahead in the test: 1 a, −1 b, 0 none. */
  readonly direction: number;
  readonly confidence: number;
  /** As in `PairEvidence`. */
  readonly alphaNominal: number | null;
}

/** How many cases in all would settle it with 80% power, against the closest rival. */
export interface CasePlan {
  readonly sd: number;
  /** Posterior mean of the leader's advantage. */
  readonly effect: number;
  readonly forMinEffect: number;
  readonly forCurrentEffect: number;
}

/** All that can be said about an experiment, variants by index. */
export interface Analysis {
  readonly usableCases: number;
  readonly droppedCases: number;
  readonly variants: readonly VariantEstimate[];
  readonly leader: number | null;
  readonly pairs: readonly PairAnalysis[];
  /** Of the leader; a winner needs 1 − alpha. */
  readonly confidence: number;
  /** Probability that the leader is truly best under the prior; null without a leader. */
  readonly chanceBest: number | null;
  readonly survivesOneBadCase: boolean;
  readonly canStop: boolean;
  readonly outcome: VerdictOutcome;
  readonly winner: number | null;
  readonly reason: VerdictReason | null;
  readonly plan: CasePlan | null;
}

export function analyzeEvidence(evidence: Evidence): Analysis {
  const { usable, rows, rule } = evidence;
  const means = variantMeans(evidence);
  const leader = usable.length === 0 ? null : findLeader(means);
  const confidence = leader === null ? 0 : leaderConfidence(evidence, leader);
  const canStop = mayStop(evidence, leader, confidence);
  return {
    usableCases: usable.length,
    droppedCases: rows.length - usable.length,
    variants: means.map((_, v) =>
      estimateVariant(
        usable.map((row) => row[v] ?? NaN),
        rule,
      ),
    ),
    leader,
    pairs: analyzePairs(evidence),
    confidence,
    chanceBest: leader === null ? null : chanceBest(evidence, leader),
    survivesOneBadCase: leader !== null && survivesLosses(evidence, leader, 1),
    canStop,
    ...decideVerdict(evidence, leader, confidence, canStop),
    plan: leader === null ? null : planCases(evidence, leader, means),
  };
}

function analyzePairs(evidence: Evidence): PairAnalysis[] {
  const adjusted = holm(evidence.pairs.map(({ test }) => test.pValue));
  return evidence.pairs.map((pair, index) => {
    const { a, b, differences, latticeDifferences, test, confidence, alphaNominal } = pair;
    return {
      a,
      b,
      difference: differences.length === 0 ? null : mean(differences),
      interval: pairInterval(evidence, pair),
      pValue: test.pValue,
      adjustedPValue: adjusted[index] ?? 1,
      wins: latticeDifferences.filter((difference) => difference > 0).length,
      losses: latticeDifferences.filter((difference) => difference < 0).length,
      ties: latticeDifferences.filter((difference) => difference === 0).length,
      direction: Math.sign(test.sum),
      confidence,
      alphaNominal,
    };
  });
}

/** The interval at the level of the test, made to agree with it. */
function pairInterval(evidence: Evidence, { differences, test, confidence, alphaNominal }: PairEvidence) {
  const { rule } = evidence;
  const bound = differenceBound[rule.scale];
  const alpha = differences.length === 0 ? 0 : (alphaNominal ?? rule.alpha);
  const interval = differenceInterval(differences, { alpha, bound });
  return alignInterval(interval, isConfident(evidence, confidence) ? Math.sign(test.sum) : 0);
}

function chanceBest(evidence: Evidence, leader: number): number | null {
  const rivals = pairsOf(evidence, leader);
  if (rivals.length === 0) return null;
  return rivals.reduce((product, { pair, sign }) => {
    return product * differencePosterior(pair.differences.map((d) => sign * d)).probability;
  }, 1);
}

/** Plans against the rival with the highest mean; on ties the first. */
function planCases(evidence: Evidence, leader: number, means: readonly number[]): CasePlan | null {
  const { variants, rule } = evidence;
  const rivals = pairsOf(evidence, leader);
  const highest = Math.max(...rivals.map(({ rival }) => means[rival] ?? NaN));
  const closest = rivals.find(({ rival }) => means[rival] === highest);
  if (!closest) return null;
  const differences = closest.pair.differences.map((d) => closest.sign * d);
  const sd = regularisedSd(differences);
  const { effect } = differencePosterior(differences);
  const common = { sd, variants, stage: planningStage(evidence), alpha: rule.alpha };
  return {
    sd,
    effect,
    forMinEffect: sampleSize({ ...common, difference: rule.minEffect }),
    forCurrentEffect: sampleSize({ ...common, difference: Math.max(Math.abs(effect), 0.01) }),
  };
}
