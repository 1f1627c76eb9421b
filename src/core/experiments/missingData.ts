import { latticeDifference } from './decisionRule.ts';
import { completeCase, pairsOf } from './evidence.ts';
import type { CaseValues, Evidence } from './evidence.ts';

/**
 * Could the missing results overturn the lead? Every rival is tested again with the half-missing cases completed as
 * badly for the leader as possible: its own missing value becomes the worst, a rival's the best. Cases missing on both
 * sides say nothing.
 */
export function survivesMissingData(evidence: Evidence, leader: number): boolean {
  return pairsOf(evidence, leader).every(({ rival }) => pairSurvivesMissing(evidence, leader, rival));
}

export function pairSurvivesMissing(evidence: Evidence, leader: number, rival: number): boolean {
  const found = pairsOf(evidence, leader).find((candidate) => candidate.rival === rival);
  if (!found) return false;
  const completed = evidence.rows
    .filter((row) => completeCase(row) === null)
    .map((row) => worstDifference(evidence, row, leader, rival))
    .filter((difference) => difference !== null);
  const test = found.pair.test.with(completed.map((difference) => found.sign * difference));
  return Math.sign(test.sum) === found.sign && test.pValue <= evidence.rule.alpha;
}

/** Leader minus rival in lattice steps, at its worst; null when both are missing. */
function worstDifference(
  { rule, lattice }: Evidence,
  row: CaseValues,
  leader: number,
  rival: number,
): number | null {
  const own = row[leader] ?? null;
  const other = row[rival] ?? null;
  if (own === null && other === null) return null;
  // A log ratio has no natural worst value: it loses by the whole scale.
  if (rule.scale === 'log' && (own === null || other === null)) return -lattice;
  return latticeDifference((own ?? 0) - (other ?? 1), lattice, rule.scale);
}
