import { mean } from '../statistics/moments.ts';
import type { SignFlipTest } from '../statistics/signFlipTest.ts';
import type { Design, DecisionRule } from './decisionRule.ts';

/** The values of one case, one per variant; null is missing. */
export type CaseValues = readonly (number | null)[];

/** What is known about one pair, a < b by index. Differences are value of a minus value of b. */
export interface PairEvidence {
  readonly a: number;
  readonly b: number;
  /** Over the usable cases, on the scale compared. */
  readonly differences: readonly number[];
  /** The same in whole lattice steps. */
  readonly latticeDifferences: readonly number[];
  readonly test: SignFlipTest;
  /** In the direction of the test's sum, 0..1. */
  readonly confidence: number;
  /** Level of an interval that agrees with the live monitor; null in fixed mode. */
  readonly alphaNominal: number | null;
}

/** Everything an analysis needs; built at once (`fixedEvidence`) or case by case (`LiveMonitor`). */
export interface Evidence {
  readonly variants: number;
  readonly rule: DecisionRule;
  readonly design: Design;
  /** Lattice steps in a full difference. */
  readonly lattice: number;
  /** All cases, in order. */
  readonly rows: readonly CaseValues[];
  /** Those where every variant has a value. */
  readonly usable: readonly (readonly number[])[];
  /** All pairs, (0,1), (0,2) … (1,2) … */
  readonly pairs: readonly PairEvidence[];
}

/** The values when none is missing, else null. */
export function completeCase(values: CaseValues): readonly number[] | null {
  return values.every((value): value is number => value !== null) ? values : null;
}

export function allPairs(variants: number): { readonly a: number; readonly b: number }[] {
  const pairs: { a: number; b: number }[] = [];
  for (let a = 0; a < variants; a += 1) {
    for (let b = a + 1; b < variants; b += 1) pairs.push({ a, b });
  }
  return pairs;
}

export function variantMeans({ variants, usable }: Evidence): number[] {
  return Array.from({ length: variants }, (_, v) => mean(usable.map((row) => row[v] ?? NaN)));
}

/** The variant with the highest mean; null when two share it or there is no usable case. */
export function findLeader(means: readonly number[]): number | null {
  const best = Math.max(...means);
  const leaders = [...means.keys()].filter((v) => (means[v] ?? NaN) >= best - 1e-9);
  return leaders.length === 1 ? (leaders[0] ?? null) : null;
}

export interface RivalPair {
  readonly pair: PairEvidence;
  readonly rival: number;
  readonly sign: 1 | -1;
}

/** The pairs of `variant`, each with the sign that turns "a − b" into "variant − rival". */
export function pairsOf({ pairs }: Evidence, variant: number): RivalPair[] {
  return pairs
    .filter(({ a, b }) => a === variant || b === variant)
    .map((pair) =>
      pair.a === variant ? { pair, rival: pair.b, sign: 1 } : { pair, rival: pair.a, sign: -1 },
    );
}

/**
 * Confidence that the leader is better than every rival: the least of its pairs, 0 when one points the other way. Each
 * rival has to be beaten at the full level (intersection-union), which needs no further correction.
 */
export function leaderConfidence(evidence: Evidence, leader: number): number {
  const rivals = pairsOf(evidence, leader);
  if (rivals.length === 0) return 0;
  return Math.min(
    ...rivals.map(({ pair, sign }) => (Math.sign(pair.test.sum) === sign ? pair.confidence : 0)),
  );
}

/** Does the leader's lead over every rival stay significant after so many worst-case losses? */
export function survivesLosses(evidence: Evidence, leader: number, losses: number): boolean {
  const rivals = pairsOf(evidence, leader);
  return rivals.length > 0 && rivals.every(({ pair, sign }) => pairSurvives(evidence, pair, sign, losses));
}

export function pairSurvives(evidence: Evidence, pair: PairEvidence, sign: number, losses: number): boolean {
  return (
    Math.sign(pair.test.sum) === sign &&
    pair.test.guardPValue(losses, evidence.lattice) <= evidence.rule.alpha
  );
}
