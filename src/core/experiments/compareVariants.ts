import type { Comparison } from '../domain/comparison.ts';
import { buildComparison } from './buildComparison.ts';
import { caseUnits } from './caseMeans.ts';
import { decisionRule } from './experimentSetup.ts';
import type { ExperimentSetup, ScoredCase } from './experimentSetup.ts';
import { fixedEvidence } from './fixedEvidence.ts';
import { LiveExperiment } from './liveExperiment.ts';
import { pairScores } from './pairScores.ts';

/** Cases that count as one, together, in the order of their first member. */
export function groupCases(cases: readonly ScoredCase[]): ScoredCase[][] {
  return caseUnits(cases.map(({ group }) => group)).map((unit) =>
    unit.flatMap((index) => {
      const scored = cases[index];
      return scored ? [scored] : [];
    }),
  );
}

/**
 * Compares the variants of an experiment: who wins, by how much, how sure. Deterministic.
 *
 * @param cases in the order in which they were run (it matters in a live design only)
 * @throws RangeError for a score outside 0..1 or a setup out of range
 */
export function compareVariants(setup: ExperimentSetup, cases: readonly ScoredCase[]): Comparison {
  const units = groupCases(cases);
  if (setup.design.mode === 'live') {
    const experiment = new LiveExperiment(setup);
    for (const unit of units) experiment.push(...unit);
    return experiment.comparison(setup.design.ended);
  }
  const rows = units.map((unit) => pairScores(unit, setup));
  return buildComparison(setup, fixedEvidence(setup.variants.length, rows, decisionRule(setup)), cases);
}
