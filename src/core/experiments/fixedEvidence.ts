import { latticeFor } from '../statistics/lattice.ts';
import { logRatiosToLattice } from '../statistics/metricRatio.ts';
import { SignFlipTest } from '../statistics/signFlipTest.ts';
import { latticeDifference } from './decisionRule.ts';
import type { DecisionRule } from './decisionRule.ts';
import { allPairs, completeCase } from './evidence.ts';
import type { CaseValues, Evidence, PairEvidence } from './evidence.ts';

/**
 * Evidence of a finished experiment that nobody looked at before its end: pipelines, imported results, two runs.
 *
 * @param rows all cases, one value per variant each
 * @param plannedCases decides the lattice; the number of cases unless more were planned
 */
export function fixedEvidence(
  variants: number,
  rows: readonly CaseValues[],
  rule: DecisionRule,
  plannedCases: number = rows.length,
): Evidence {
  const lattice = latticeFor(plannedCases);
  const usable = rows.map(completeCase).filter((row) => row !== null);
  const pairs = allPairs(variants).map(({ a, b }): PairEvidence => {
    const differences = usable.map((row) => (row[a] ?? NaN) - (row[b] ?? NaN));
    const latticeDifferences =
      rule.scale === 'log'
        ? logRatiosToLattice(differences, lattice)
        : differences.map((difference) => latticeDifference(difference, lattice, rule.scale));
    const test = SignFlipTest.of(latticeDifferences);
    const confidence = 1 - test.pValue;
    return { a, b, differences, latticeDifferences, test, confidence, alphaNominal: null };
  });
  return { variants, rule, design: { mode: 'fixed' }, lattice, rows, usable, pairs };
}
